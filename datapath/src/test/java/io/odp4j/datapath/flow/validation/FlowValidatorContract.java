package io.odp4j.datapath.flow.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyDecoder;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.datapath.netlink.table.StructValue;
import io.odp4j.datapath.ovs.KernelRig;
import io.odp4j.datapath.packet.RandomFrames;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random flows, right and wrong: what the validator has nothing against the datapath
 * takes, and what it has something against the datapath refuses. {@code -Dodp4j.flows.seed} repeats
 * a run.
 */
abstract class FlowValidatorContract {
    private static final int FLOWS = Integer.getInteger("odp4j.flows", 5_000);
    private static final long SEED = Long.getLong("odp4j.flows.seed", System.nanoTime());

    private final ByteBuffer buffer = new DirectBuffer(1 << 16).buffer();
    private final MessageWriter writer = new MessageWriter();
    private final Random random = new Random(SEED);
    private final RandomFrames frames = new RandomFrames(SEED);
    private final RandomFlows flows = new RandomFlows(random);
    private KernelRig rig;

    /** Who answers. */
    abstract NetlinkEndpoint endpoint();

    @BeforeEach
    void makeDatapath() throws Exception {
        System.out.println("odp4j.flows.seed=" + SEED);
        rig = new KernelRig("dpv", endpoint());
    }

    @AfterEach
    void deleteDatapath() throws Exception {
        rig.close();
    }

    @Test
    void shouldWriteMasksThatTheDatapathTakesForTheKeyOfAnyUpcall() throws Exception {
        int refused = 0;
        for (int i = 0; i < FLOWS; i++) {
            byte[] keyBytes = upcallKey();
            FlowKey key = new FlowKey();
            decodeKey(keyBytes, key);
            FlowMask mask = flows.mask(key);
            writer.wrap(buffer, 0, buffer.capacity());
            FlowKeyEncoder.encodeMask(key, mask, writer);
            byte[] maskBytes = written();
            List<FlowProblem> problems = problems(keyBytes, maskBytes, new byte[0]);
            // Stacks without a bottom and tags that are cut off come up, but no flow can match
            // them.
            boolean hopeless =
                    key.carries(KeyAttributes.MPLS.number()) && key.mplsCount() == 0
                            || key.carries(KeyAttributes.VLAN.number())
                                    && !key.carries(KeyAttributes.ETHERTYPE.number())
                                    && key.get(FlowField.VLAN_TPID) == 0
                            || key.words()[FlowField.CVLAN_TCI.word()] != 0
                                    && key.get(FlowField.CVLAN_TPID) == 0
                                    && !key.carries(KeyAttributes.ETHERTYPE.number());
            boolean taken = rig.takesFlow(keyBytes, maskBytes, new byte[0]);
            assertThat(taken)
                    .as("%s\n%s", describe(keyBytes, maskBytes), problems)
                    .isEqualTo(problems.isEmpty());
            if (!hopeless) {
                assertThat(taken).as(describe(keyBytes, maskBytes)).isTrue();
            }
            refused += taken ? 0 : 1;
        }
        System.out.println(FLOWS + " masks written, " + refused + " keys that no flow can have");
    }

    @Test
    void shouldRefuseJustTheKeysAndMasksThatTheDatapathRefuses() throws Exception {
        int taken = 0;
        for (int i = 0; i < FLOWS; i++) {
            byte[] original = upcallKey();
            FlowKey key = new FlowKey();
            decodeKey(original, key);
            byte[] keyBytes = original;
            if (random.nextBoolean()) {
                keyBytes = encode(flows.mutated(list(KeyAttributes.TABLE, original)));
            }
            byte[] maskBytes = null;
            if (random.nextInt(4) > 0) {
                writer.wrap(buffer, 0, buffer.capacity());
                FlowKeyEncoder.encodeMask(key, flows.mask(key), writer);
                maskBytes = written();
                if (random.nextBoolean()) {
                    maskBytes = encode(flows.mutated(list(KeyAttributes.TABLE, maskBytes)));
                }
            }
            taken += assertAgreement(keyBytes, maskBytes, new byte[0]) ? 1 : 0;
        }
        System.out.println(FLOWS + " flows tried, " + taken + " taken, 0 disagreements");
        assertThat(taken).isBetween(FLOWS / 10, FLOWS * 9 / 10);
    }

    @Test
    void shouldRefuseJustTheActionsThatTheDatapathRefuses() throws Exception {
        int taken = 0;
        for (int i = 0; i < FLOWS; i++) {
            byte[] keyBytes = upcallKey();
            FlowKey key = new FlowKey();
            decodeKey(keyBytes, key);
            byte[] maskBytes = null;
            if (random.nextInt(3) == 0) {
                writer.wrap(buffer, 0, buffer.capacity());
                FlowKeyEncoder.encodeMask(key, flows.mask(key), writer);
                maskBytes = written();
            }
            byte[] actions = encode(flows.actions(key, rig.upcalls.portId()));
            taken += assertAgreement(keyBytes, maskBytes, actions) ? 1 : 0;
        }
        System.out.println(FLOWS + " action lists tried, " + taken + " taken, 0 disagreements");
        assertThat(taken).isBetween(FLOWS / 10, FLOWS * 9 / 10);
    }

    /** A kernel keeps ERSPAN's options in 12 bytes however many there are. */
    @Test
    void shouldCompareTheLengthsOfOptionsAsTheDatapathDoes() throws Exception {
        int taken = 0;
        for (int inKey = 4; inKey <= 16; inKey += 4) {
            for (int inMask = 4; inMask <= 16; inMask += 4) {
                byte[] key = optionsOf(TunnelAttributes.ERSPAN_OPTS, inKey);
                byte[] mask = optionsOf(TunnelAttributes.GENEVE_OPTS, inMask);
                taken += assertAgreement(key, mask, new byte[0]) ? 1 : 0;
            }
        }
        assertThat(taken).isPositive();
    }

    private byte[] optionsOf(AttributeSpec options, int length) {
        byte[] bytes = new byte[length];
        bytes[3] = (byte) (options == TunnelAttributes.GENEVE_OPTS ? length / 4 - 1 : 0);
        AttributeList tunnel =
                new AttributeList(TunnelAttributes.TABLE)
                        .put(TunnelAttributes.IPV4_DST, 0x01020304L)
                        .put(TunnelAttributes.TTL, 64L)
                        .put(options, bytes);
        return encode(
                new AttributeList(KeyAttributes.TABLE)
                        .put(KeyAttributes.TUNNEL, tunnel)
                        .put(KeyAttributes.IN_PORT, 1L)
                        .put(
                                KeyAttributes.ETHERNET,
                                StructValue.zero(KeyAttributes.ETHERNET.struct()))
                        .put(KeyAttributes.ETHERTYPE, 0xffffL));
    }

    private boolean assertAgreement(byte[] key, byte[] mask, byte[] actions)
            throws NetlinkException {
        List<FlowProblem> problems = problems(key, mask, actions);
        boolean taken = rig.takesFlow(key, mask, actions);
        if (taken != problems.isEmpty()) {
            assertThat(taken)
                    .as(
                            "%s\nactions %s\nproblems %s",
                            describe(key, mask), list(ActionAttributes.TABLE, actions), problems)
                    .isEqualTo(problems.isEmpty());
        }
        return taken;
    }

    private List<FlowProblem> problems(byte[] key, byte[] mask, byte[] actions) {
        return FlowValidator.flow(
                list(KeyAttributes.TABLE, key),
                mask == null ? null : list(KeyAttributes.TABLE, mask),
                list(ActionAttributes.TABLE, actions));
    }

    /** The key with which a random frame comes up. */
    private byte[] upcallKey() throws NetlinkException {
        while (true) {
            byte[] metadata = encode(flows.metadata());
            if (rig.execute(frames.next(), metadata, rig.userspace())) {
                assertThat(rig.receive(1000)).isTrue();
                return rig.keyBytes();
            }
        }
    }

    private void decodeKey(byte[] bytes, FlowKey key) {
        buffer.put(0, bytes);
        FlowKeyDecoder.decodeKey(buffer, 0, bytes.length, key);
    }

    private AttributeList list(AttributeTable table, byte[] bytes) {
        buffer.put(0, bytes);
        return AttributeCodec.decode(table, new AttributeReader().wrap(buffer, 0, bytes.length));
    }

    private byte[] encode(AttributeList list) {
        writer.wrap(buffer, 0, buffer.capacity());
        AttributeCodec.encode(list, writer);
        return written();
    }

    private byte[] written() {
        byte[] bytes = new byte[writer.written()];
        buffer.get(0, bytes);
        return bytes;
    }

    private String describe(byte[] key, byte[] mask) {
        return "seed "
                + SEED
                + "\nkey "
                + list(KeyAttributes.TABLE, key)
                + "\nmask "
                + (mask == null ? "none" : list(KeyAttributes.TABLE, mask));
    }
}
