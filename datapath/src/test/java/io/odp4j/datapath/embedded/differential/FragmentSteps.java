package io.odp4j.datapath.embedded.differential;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowKeyEncoder;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.PacketAttributes;
import io.odp4j.datapath.packet.Checksum;
import io.odp4j.datapath.packet.FrameBuilder;
import io.odp4j.datapath.packet.RandomFrames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Packets in fragments, for flows that put them together with ct and send them on: in any order,
 * some of them missing, repeated, overlapping, too short or with a wrong end.
 */
final class FragmentSteps {
    /** A packet of so many bytes is in many fragments. */
    private static final int MANY = 10_000;

    private static final String UPCALL =
            "userspace(pid=" + Integer.toUnsignedString(Step.PORT_ID) + ")";

    /** What becomes of the whole packet. */
    private static final String[] AFTERWARDS = {
        "2",
        "2,2",
        UPCALL,
        UPCALL + ",2",
        "2," + UPCALL,
        "push_vlan(vid=5,pcp=0),2",
        "clone(2),2",
        "trunc(900)," + UPCALL,
        "check_pkt_len(size=1400,gt(" + UPCALL + "),le(2))",
        "set(eth(src=02:00:00:00:00:05)),2",
    };

    private final Random random;
    private final int who;

    /** What ends packets that have not come whole. */
    private final List<Step> leftovers = new ArrayList<>();

    private final DirectBuffer memory = new DirectBuffer(1 << 17);
    private final MessageWriter w = new MessageWriter();

    private FragmentSteps(long seed) {
        random = new Random(seed);
        who = (int) seed & 0xffff;
    }

    static List<Step> sequence(long seed) {
        FragmentSteps source = new FragmentSteps(seed);
        List<Step> steps = new ArrayList<>();
        String commit = source.chance(8) ? "ct(commit)" : "ct()";
        String last = AFTERWARDS[source.random.nextInt(AFTERWARDS.length)];
        for (int type : new int[] {Protocol.ETH_IPV4, Protocol.ETH_IPV6}) {
            steps.add(source.flow(type, 0, commit + ",recirc(1)"));
            steps.add(source.flow(type, 1, last));
        }
        List<Step> frames = new ArrayList<>();
        for (int n = 1 + source.random.nextInt(3); n > 0; n--) {
            frames.addAll(source.packet(n));
        }
        if (source.chance(2)) {
            Collections.shuffle(frames, source.random);
        }
        steps.addAll(frames);
        steps.addAll(source.leftovers);
        return steps;
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private Step flow(int type, int recirculation, String actions) {
        w.wrap(memory.buffer(), 0, memory.capacity());
        FlowKey key = new FlowKey();
        key.set(FlowField.RECIRC_ID, recirculation)
                .set(FlowField.IN_PORT, 1)
                .set(FlowField.DL_TYPE, type);
        key.carryFromContents();
        // Not in every kernel.
        key.words()[FlowKey.ATTRIBUTES] &=
                ~(1L << KeyAttributes.IPV6_EXTHDRS.number() | 1L << KeyAttributes.CT_ZONE.number());
        int nest = w.beginPlainNest(FlowAttributes.KEY.number());
        FlowKeyEncoder.encodeKey(key, w);
        w.endNest(nest);
        FlowMask mask = new FlowMask();
        mask.clear();
        mask.exact(FlowField.RECIRC_ID).exact(FlowField.IN_PORT).exact(FlowField.DL_TYPE);
        nest = w.beginPlainNest(FlowAttributes.MASK.number());
        FlowKeyEncoder.encodeMask(key, mask, w);
        w.endNest(nest);
        actions(FlowAttributes.ACTIONS.number(), actions);
        return request("flow of " + actions, 2, FlowAttributes.CMD_NEW, MessageHeader.CREATE);
    }

    private void actions(int attribute, String text) {
        int nest = w.beginPlainNest(attribute);
        new ActionParser().parse(text, w);
        w.endNest(nest);
    }

    private Step request(String what, int family, int command, int flags) {
        byte[] attributes = new byte[w.written()];
        memory.buffer().get(0, attributes);
        return new Step.Request(what, family, command, flags, 1, 0, attributes);
    }

    /** Gives a packet to both: as a frame, or as an EXECUTE. */
    private Step give(byte[] frame) {
        if (!chance(6)) {
            return new Step.Frame(0, frame);
        }
        return execute(
                frame, (chance(2) ? "ct()," : "ct(commit),") + (chance(2) ? "2" : UPCALL), 0);
    }

    private Step execute(byte[] frame, String actions, int mru) {
        w.wrap(memory.buffer(), 0, memory.capacity());
        w.putBytes(PacketAttributes.PACKET.number(), frame);
        int nest = w.beginPlainNest(PacketAttributes.KEY.number());
        w.putU32(3, 1);
        w.endNest(nest);
        actions(PacketAttributes.ACTIONS.number(), actions);
        if (mru != 0) {
            w.putU16(PacketAttributes.MRU.number(), mru);
        }
        return request("execute " + actions, 3, PacketAttributes.CMD_EXECUTE, 0);
    }

    // --- a packet and its fragments ---

    private boolean ipv6;
    private int number;
    private int tos;
    private boolean dontFragment;
    private int tags;
    private int options;
    private int proto;
    private int hops;
    private int destinations;

    private List<Step> packet(int which) {
        ipv6 = random.nextBoolean();
        number = which * 0x1111 + who;
        tos = chance(3) ? random.nextInt(256) : 0;
        dontFragment = chance(6);
        tags = chance(4) ? 1 + random.nextInt(2) : 0;
        options = chance(4) ? 1 + random.nextInt(10) : 0;
        hops = chance(6) ? 1 + random.nextInt(2) : 0;
        destinations = chance(8) ? 1 + random.nextInt(2) : 0;
        int size = chance(12) ? 20_000 + random.nextInt(45_000) : 60 + random.nextInt(4000);
        byte[] upper = upper(size);
        if (chance(8)) {
            // As a controller sends back what came up.
            int mru = 600 + random.nextInt(2000);
            return List.of(execute(whole(upper), chance(2) ? "2" : "2,2", mru));
        }
        List<Step> steps = new ArrayList<>();
        int first = number;
        int piece = 8 * (1 + random.nextInt(size < 300 ? 20 : 190));
        boolean even = chance(2);
        for (int at = 0; at < upper.length; ) {
            int length = even ? piece : 8 * (1 + random.nextInt(piece / 8));
            length =
                    Math.min(
                            size >= MANY ? Math.max(length, 1400) & ~7 : length, upper.length - at);
            boolean more = at + length < upper.length;
            if (size < MANY) {
                add(steps, upper, at, length, more);
            } else {
                // Complete, for it would take up much room.
                steps.add(give(fragment(upper, at, length, more)));
            }
            at += length;
        }
        if (chance(2)) {
            Collections.shuffle(steps, random);
        }
        if (size < MANY) {
            giveUp(upper, first);
        }
        return steps;
    }

    /**
     * What is not complete would wait for a minute, and leave no room in the end: a fragment that
     * fills or overlaps whatever hole there is, and one that overlaps that.
     */
    private void giveUp(byte[] upper, int first) {
        int last = number;
        for (number = first; number <= last; number++) {
            leftovers.add(new Step.Frame(0, fragment(upper, 0, upper.length & ~7, true)));
            leftovers.add(new Step.Frame(0, fragment(upper, 0, upper.length + 16 & ~7, true)));
        }
        number = last;
    }

    /** A fragment, as it should be for the most part. */
    private void add(List<Step> steps, byte[] upper, int at, int length, boolean more) {
        switch (random.nextInt(60)) {
            case 0 -> {
                return; // it is lost
            }
            case 1 -> steps.add(give(fragment(upper, at, length, more)));
            case 2 -> steps.add(give(fragment(upper, at, Math.max(length - 8, 8), true)));
            case 3 -> steps.add(give(fragment(upper, Math.max(at - 8, 0), length, more)));
            case 4 -> steps.add(give(fragment(upper, at + 8, length, more)));
            case 5 -> steps.add(give(fragment(upper, at, length - 1 - random.nextInt(7), true)));
            case 6 -> steps.add(give(fragment(upper, at, length, !more)));
            case 7 -> steps.add(give(fragment(upper, at, 0, more)));
            case 8 -> {
                byte[] whole = fragment(upper, at, length, more);
                // A byte is left: without any, what a kernel does is not the same each time.
                int least = whole.length - length + 1;
                int cut = Math.max(whole.length - 1 - random.nextInt(40), least);
                byte[] rest = Arrays.copyOf(whole, Math.max(cut, 60));
                if (SmallFrames.isReadAlikeByAll(rest)) {
                    steps.add(give(rest));
                }
            }
            case 9 -> {
                byte[] whole = fragment(upper, at, length, more);
                steps.add(give(Arrays.copyOf(whole, whole.length + random.nextInt(40))));
                return;
            }
            case 10 -> {
                tos ^= 1 + random.nextInt(3);
            }
            case 11 -> dontFragment = !dontFragment;
            case 12 -> steps.add(give(fragment(upper, 0xffc0, 64, false)));
            case 13 -> number++;
            default -> {
                // As it should be.
            }
        }
        steps.add(give(fragment(upper, at, length, more)));
    }

    private byte[] upper(int size) {
        FrameBuilder b = begin();
        switch (random.nextInt(4)) {
            case 0 -> b.tcp(1000 + who, 80, 2);
            case 1 -> {
                if (ipv6) {
                    b.icmpv6(128, 0);
                } else {
                    b.icmp(8, 0);
                }
            }
            default -> b.udp(1000 + who, 53);
        }
        byte[] frame = b.payload(size - 20).build();
        int start = 14 + 4 * tags + (ipv6 ? 40 : 20);
        proto = frame[14 + 4 * tags + (ipv6 ? 6 : 9)] & 0xff;
        return Arrays.copyOfRange(frame, start, frame.length);
    }

    private FrameBuilder begin() {
        FrameBuilder b = FrameBuilder.ethernet(0x0200_0000_0001L, 0x0200_0000_0002L);
        for (int i = 0; i < tags; i++) {
            b.vlan(3 + i);
        }
        return ipv6
                ? b.ipv6(0xfd00L << 48 | who, 1, 0xfd00L << 48 | who, 2).tos(tos)
                : b.ipv4(0x0a00_0000 | who, 0x0b00_0000 | who).tos(tos);
    }

    private FrameBuilder headers() {
        FrameBuilder b = begin();
        if (ipv6) {
            if (hops > 0) {
                b.extension(Protocol.IPV6_HOP_BY_HOP, hops - 1);
            }
            if (destinations > 0) {
                b.extension(Protocol.IPV6_DESTINATION, destinations - 1);
            }
        } else if (options > 0) {
            byte[] nothing = new byte[options];
            Arrays.fill(nothing, (byte) 1);
            b.options(nothing);
        }
        return b;
    }

    private byte[] whole(byte[] upper) {
        return numbered(headers().proto(proto).payload(upper).build());
    }

    private byte[] fragment(byte[] upper, int at, int length, boolean more) {
        int from = Math.min(at, upper.length);
        byte[] piece = Arrays.copyOfRange(upper, from, from + Math.max(length, 0));
        FrameBuilder b = headers().fragment(at / 8, more);
        return numbered(b.proto(proto).payload(piece).build());
    }

    /** With an identification, and whether it may be cut. */
    private byte[] numbered(byte[] frame) {
        ByteBuffer b = RandomFrames.buffer(frame);
        int network = 14 + 4 * tags;
        if (ipv6) {
            int at = network + 40;
            int next = frame[network + 6];
            while (next == Protocol.IPV6_HOP_BY_HOP || next == Protocol.IPV6_DESTINATION) {
                next = frame[at];
                at += ((frame[at + 1] & 0xff) + 1) * 8;
            }
            if (next == Protocol.IPV6_FRAGMENT) {
                frame[at + 6] = (byte) (number >> 8);
                frame[at + 7] = (byte) number;
            }
            return frame;
        }
        frame[network + 4] = (byte) (number >> 8);
        frame[network + 5] = (byte) number;
        frame[network + 6] |= (byte) (dontFragment ? 0x40 : 0);
        frame[network + 10] = 0;
        frame[network + 11] = 0;
        b.put(0, frame);
        int sum = Checksum.fold(Checksum.sum(b, network, (frame[network] & 0xf) * 4));
        frame[network + 10] = (byte) (sum >> 8);
        frame[network + 11] = (byte) sum;
        return frame;
    }
}
