package io.odp4j.datapath.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.ovs.KernelRig;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Thousands of random frames through a datapath: the key of each upcall must be, byte for byte,
 * what is extracted and encoded here.
 *
 * <p>Once the frames come back from an EXECUTE with a userspace action, which takes every frame of
 * 14 bytes or more and metadata with it; once they arrive at a vport, sent there by another one.
 * {@code -Dodp4j.frames.seed} repeats a run.
 */
abstract class FlowExtractorContract {
    private static final String OUT = "odpx0";
    private static final String IN = "odpx1";
    private static final long SEED = Long.getLong("odp4j.frames.seed", System.nanoTime());

    private final ByteBuffer encoded = new DirectBuffer(4096).buffer();
    private final MessageWriter writer = new MessageWriter();
    private final int count;
    private KernelRig rig;
    private FlowExtractor extractor;
    private long notBuiltIn;

    /**
     * @param count how many frames go each way
     */
    FlowExtractorContract(int count) {
        this.count = count;
    }

    /** Who answers. */
    abstract NetlinkEndpoint endpoint() throws Exception;

    /** Closes what {@link #endpoint} opened. */
    void close() {}

    /** Makes two devices, each of which receives what the other one sends. */
    abstract void connect(String one, String other) throws Exception;

    abstract void disconnect(String one, String other) throws Exception;

    @BeforeEach
    void makeDatapath() throws Exception {
        System.out.println("odp4j.frames.seed=" + SEED);
        rig = new KernelRig("dpx", endpoint());
        probe();
    }

    @AfterEach
    void deleteDatapath() throws Exception {
        rig.close();
        close();
    }

    @Test
    void shouldExtractTheKeyOfEveryExecutedFrameAsTheKernelDoes() throws Exception {
        Random random = new Random(SEED);
        RandomFrames frames = new RandomFrames(SEED);
        int dropped = 0;
        for (int i = 0; i < count; i++) {
            byte[] frame = frames.next();
            FlowKey key = metadata(random);
            boolean taken = extractor.extract(RandomFrames.buffer(frame), 0, frame.length, key);
            byte[] sent = encode(metadataOf(key));
            if (!rig.execute(frame, sent, rig.userspace())) {
                assertThat(taken).as(describe(i, frame)).isFalse();
                dropped++;
                continue;
            }
            assertThat(rig.receive(1000)).as(describe(i, frame)).isTrue();
            assertThat(taken).as(describe(i, frame)).isTrue();
            assertSame(i, frame, key);
        }
        System.out.println(count + " frames executed, " + dropped + " refused, 0 differences");
        assertThat(dropped).isBetween(1, count / 10);
    }

    @Test
    void shouldExtractTheKeyOfEveryReceivedFrameAsTheKernelDoes() throws Exception {
        connect(OUT, IN);
        try {
            int out = rig.add(OUT, 0).number();
            int in = rig.add(IN, rig.upcalls.portId()).number();
            int received = 0;
            RandomFrames frames = new RandomFrames(SEED + 1);
            int i = 0;
            for (; received < count; i++) {
                byte[] frame = frames.next();
                FlowKey key = new FlowKey();
                if (!extractor.extract(RandomFrames.buffer(frame), 0, frame.length, in, key)
                        || cutTag(frame)) {
                    // EXECUTE refuses it, or the stack drops it before the datapath sees it.
                    continue;
                }
                assertThat(rig.execute(frame, new byte[0], rig.output(out))).isTrue();
                assertThat(rig.receive(1000)).as(describe(i, frame)).isTrue();
                assertSame(i, frame, key);
                received++;
            }
            System.out.println(received + " of " + i + " frames received, 0 differences");
        } finally {
            disconnect(OUT, IN);
        }
    }

    // --- what is compared ---

    private void assertSame(int number, byte[] frame, FlowKey key) {
        assertThat(rig.packetBytes()).as(describe(number, frame)).isEqualTo(frame);
        FlowKey kernel = rig.key();
        byte[] theirs = keyWithoutPadAttributes();
        if (!Arrays.equals(encode(kernel), theirs)) {
            assertThat(hex(encode(kernel))).as("written back").isEqualTo(hex(theirs));
        }
        forgetWhatTheKernelDoesNotFill(kernel);
        forgetWhatTheKernelDoesNotFill(key);
        key.words()[FlowKey.ATTRIBUTES] &= ~notBuiltIn;
        if (!Arrays.equals(encode(kernel), encode(key))) {
            assertThat(key + "\n" + hex(encode(key)))
                    .as(describe(number, frame))
                    .isEqualTo(kernel + "\n" + hex(encode(kernel)));
        }
        assertThat(key).isEqualTo(kernel);
    }

    /**
     * Of a received frame, the kernel leaves parts of the key as they were on its stack: label and
     * extension headers of an IPv6 header that is cut off, and neighbour discovery with a code.
     */
    private static void forgetWhatTheKernelDoesNotFill(FlowKey key) {
        long[] w = key.words();
        boolean cut =
                key.dlType() == Protocol.ETH_IPV6
                        && (w[FlowField.IPV6_SRC.word()]
                                        | w[FlowField.IPV6_SRC.word() + 1]
                                        | w[FlowField.IPV6_DST.word()]
                                        | w[FlowField.IPV6_DST.word() + 1]
                                        | key.get(FlowField.NW_PROTO)
                                        | key.get(FlowField.NW_TTL)
                                        | key.get(FlowField.NW_TOS))
                                == 0;
        if (cut) {
            key.set(FlowField.IPV6_LABEL, 0).set(FlowField.IPV6_EXTHDRS, 0);
        }
        if (key.carries(KeyAttributes.ND.number()) && key.get(FlowField.TP_DST) != 0) {
            key.set(FlowField.ND_TARGET, 0, 0).set(FlowField.ND_SLL, 0).set(FlowField.ND_TLL, 0);
        }
    }

    /**
     * On some machines, the kernel aligns 64-bit numbers with PAD attributes, which say nothing.
     */
    private byte[] keyWithoutPadAttributes() {
        AttributeList list =
                AttributeCodec.decode(
                        KeyAttributes.TABLE,
                        new AttributeReader()
                                .wrap(
                                        rig.upcall().buffer(),
                                        rig.upcall().keyOffset(),
                                        rig.upcall().keyLength()));
        writer.wrap(encoded, 0, encoded.capacity());
        AttributeCodec.encode(list, writer);
        return written(writer);
    }

    /** The stack wants two bytes behind a tag, even before it lets the datapath have the frame. */
    private static boolean cutTag(byte[] frame) {
        int type = (frame[12] & 0xff) << 8 | frame[13] & 0xff;
        return Protocol.isTag(type) && frame.length < 20;
    }

    /** A key with no packet in it but all that an EXECUTE can say beside one. */
    private static FlowKey metadata(Random random) {
        FlowKey key = new FlowKey();
        key.set(FlowField.IN_PORT, random.nextInt(65_535));
        key.set(FlowField.RECIRC_ID, random.nextInt()).set(FlowField.DP_HASH, random.nextInt());
        key.set(FlowField.SKB_PRIORITY, random.nextInt()).set(FlowField.SKB_MARK, random.nextInt());
        if (random.nextInt(4) == 0) {
            key.set(FlowField.TUN_FLAGS, random.nextInt(16));
            key.set(FlowField.TUN_TTL, random.nextInt(256)).set(FlowField.TUN_TOS, 3);
            key.set(FlowField.TUN_TP_DST, random.nextInt(65_536));
            if ((key.get(FlowField.TUN_FLAGS) & FlowKey.TUN_F_KEY) != 0) {
                key.set(FlowField.TUN_ID, random.nextLong());
            }
            if (random.nextBoolean()) {
                key.set(FlowField.TUN_SRC, random.nextInt());
                key.set(FlowField.TUN_DST, random.nextInt() | 1);
            } else {
                key.set(FlowField.TUN_IPV6_DST, random.nextLong(), 1);
            }
            switch (random.nextInt(3)) {
                case 0 -> {
                    int length = 4 * random.nextInt(64);
                    key.set(FlowField.TUN_OPTS_LEN, length);
                    for (int i = 0; i < length; i++) {
                        key.setTunOpt(i, random.nextInt(256));
                    }
                }
                case 1 -> key.set(FlowField.TUN_GBP, random.nextInt());
                default -> {
                    // No options.
                }
            }
        }
        return key.carryFromContents();
    }

    private static FlowKey metadataOf(FlowKey key) {
        FlowKey metadata = new FlowKey().copyFrom(key);
        long[] w = metadata.words();
        w[FlowKey.ATTRIBUTES] &= KeyWords.NOT_PACKET;
        return metadata;
    }

    // --- the datapath ---

    /**
     * Finds out which kernel this is: which rules it follows, and which parts of connection
     * tracking it was built with.
     */
    private void probe() throws NetlinkException {
        FrameBuilder order = FrameBuilder.ethernet(1, 2).ipv6(1, 2, 3, 4).fragment(0, true);
        FlowKey key = kernelKey(order.extension(Protocol.IPV6_AUTH, 0).build());
        Set<ExtractionRule> rules = EnumSet.noneOf(ExtractionRule.class);
        if ((key.get(FlowField.IPV6_EXTHDRS) & Ipv6HeaderOrder.OUT_OF_ORDER) == 0) {
            rules.add(ExtractionRule.IPV6_FRAGMENT_BEFORE_AUTH);
        }
        notBuiltIn =
                (1L << KeyAttributes.CT_ZONE.number()
                                | 1L << KeyAttributes.CT_MARK.number()
                                | 1L << KeyAttributes.CT_LABELS.number())
                        & ~key.words()[FlowKey.ATTRIBUTES];

        FrameBuilder many = FrameBuilder.ethernet(1, 2).ipv6(1, 2, 3, 4);
        for (int i = 0; i < 13; i++) {
            many.extension(Protocol.IPV6_DESTINATION, 0);
        }
        byte[] frame = many.udp(1, 2).build();
        if (kernelKey(frame).get(FlowField.NW_PROTO) != Protocol.IP_UDP) {
            rules.add(ExtractionRule.IPV6_TWELVE_HEADERS);
        }
        FrameBuilder cut = FrameBuilder.ethernet(1, 2).ipv6(1, 2, 3, 4);
        frame = cut.extension(Protocol.IPV6_DESTINATION, 0).proto(Protocol.IP_UDP).build();
        frame = Arrays.copyOf(frame, frame.length - 1);
        if (kernelKey(frame).get(FlowField.NW_PROTO) != Protocol.IP_UDP) {
            rules.add(ExtractionRule.IPV6_WHOLE_HEADERS);
        }
        extractor = new FlowExtractor(rules);
        System.out.println("the kernel follows " + rules);
    }

    private FlowKey kernelKey(byte[] frame) throws NetlinkException {
        assertThat(rig.execute(frame, new byte[0], rig.userspace())).isTrue();
        assertThat(rig.receive(1000)).isTrue();
        return rig.key();
    }

    private byte[] encode(FlowKey key) {
        writer.wrap(encoded, 0, encoded.capacity());
        FlowKeyEncoder.encodeKey(key, writer);
        return written(writer);
    }

    private static byte[] written(MessageWriter writer) {
        byte[] bytes = new byte[writer.written()];
        writer.buffer().get(0, bytes);
        return bytes;
    }

    private static String describe(int number, byte[] frame) {
        return "frame " + number + " of seed " + SEED + ": " + hex(frame);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
