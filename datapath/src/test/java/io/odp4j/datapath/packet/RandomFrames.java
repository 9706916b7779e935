package io.odp4j.datapath.packet;

import io.odp4j.datapath.flow.Protocol;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/**
 * Random frames: valid ones of every kind that the kernel parses, and such that were changed or cut
 * afterwards. The same seed gives the same frames.
 */
public final class RandomFrames {
    private static final int[] EXTENSIONS = {
        Protocol.IPV6_HOP_BY_HOP,
        Protocol.IPV6_ROUTING,
        Protocol.IPV6_AUTH,
        Protocol.IPV6_DESTINATION,
        Protocol.IPV6_ESP
    };
    private static final int[] TYPES = {
        Protocol.ETH_IPV4,
        Protocol.ETH_IPV6,
        Protocol.ETH_ARP,
        Protocol.ETH_RARP,
        Protocol.ETH_MPLS,
        Protocol.ETH_MPLS_MULTICAST,
        Protocol.ETH_NSH,
        Protocol.ETH_VLAN,
        Protocol.ETH_QINQ,
        0x88cc,
        0x0600,
        0x05ff
    };

    private final Random random;

    public RandomFrames(long seed) {
        random = new Random(seed);
    }

    /** A frame of 14 to some hundred bytes: half of them as they were built. */
    public byte[] next() {
        byte[] frame = random.nextInt(10) == 0 ? noise() : valid();
        int fate = random.nextInt(10);
        if (fate < 3) {
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                int at = random.nextInt(Math.min(frame.length, 90));
                frame[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(8));
            }
        }
        if (fate > 1 && fate < 5) {
            frame = Arrays.copyOf(frame, 14 + random.nextInt(frame.length - 13));
        }
        return frame;
    }

    /** A frame that no header of is broken. */
    public byte[] valid() {
        FrameBuilder frame = FrameBuilder.ethernet(mac(), mac());
        for (int tags = random.nextInt(8); tags > 4; tags--) {
            frame.tag(
                    random.nextBoolean() ? Protocol.ETH_VLAN : Protocol.ETH_QINQ,
                    random.nextInt(65_536));
        }
        int kind = random.nextInt(24);
        if (kind == 0) {
            return frame.llc(random.nextInt(256), random.nextInt(256), 3).payload(some(60)).build();
        }
        if (kind == 1) {
            frame.snap();
        }
        if (kind == 2) {
            return frame.type(random.nextInt(65_536)).payload(some(80)).build();
        }
        if (kind < 5) {
            return mpls(frame);
        }
        if (kind < 7) {
            int operation = random.nextInt(8) == 0 ? random.nextInt(65_536) : random.nextInt(10);
            byte[] arp =
                    frame.arp(operation, mac(), random.nextInt(), mac(), random.nextInt())
                            .padTo(random.nextBoolean() ? 60 : 0)
                            .build();
            if (random.nextInt(4) == 0) {
                replace(arp, Protocol.ETH_ARP, Protocol.ETH_RARP);
            }
            return arp;
        }
        if (kind == 7) {
            return nsh(frame);
        }
        if (random.nextBoolean()) {
            ipv4(frame);
        } else {
            ipv6(frame);
        }
        return frame.payload(some(100)).padTo(random.nextInt(3) == 0 ? 60 : 0).build();
    }

    private void ipv4(FrameBuilder frame) {
        frame.ipv4(random.nextInt(), random.nextInt()).tos(random.nextInt(256));
        frame.ttl(random.nextInt(256));
        if (random.nextInt(4) == 0) {
            frame.options(new byte[1 + random.nextInt(40)]);
        }
        if (random.nextInt(5) == 0) {
            frame.fragment(random.nextBoolean() ? 0 : random.nextInt(8192), random.nextBoolean());
        }
        upper(frame);
    }

    private void ipv6(FrameBuilder frame) {
        frame.ipv6(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        frame.tos(random.nextInt(256)).ttl(random.nextInt(256)).flowLabel(random.nextInt(1 << 20));
        if (random.nextInt(3) == 0) {
            int headers = random.nextInt(20) == 0 ? 10 + random.nextInt(6) : random.nextInt(6);
            for (int i = headers; i > 0; i--) {
                if (random.nextInt(5) == 0) {
                    frame.fragment(
                            random.nextBoolean() ? 0 : random.nextInt(8192), random.nextBoolean());
                } else {
                    frame.extension(
                            EXTENSIONS[random.nextInt(EXTENSIONS.length)], random.nextInt(3));
                }
            }
        }
        upper(frame);
    }

    private void upper(FrameBuilder frame) {
        int src = random.nextInt(65_536);
        int dst = random.nextInt(65_536);
        switch (random.nextInt(9)) {
            case 0, 1 -> frame.tcp(src, dst, random.nextInt(4096));
            case 2, 3 -> frame.udp(src, dst);
            case 4 -> frame.sctp(src, dst);
            case 5 -> frame.icmp(random.nextInt(256), random.nextInt(256));
            case 6 -> frame.icmpv6(random.nextInt(256), random.nextInt(256));
            case 7 -> neighbour(frame);
            default -> frame.proto(random.nextInt(256));
        }
    }

    private void neighbour(FrameBuilder frame) {
        frame.neighbour(135 + random.nextInt(2), random.nextLong(), random.nextLong());
        for (int i = random.nextInt(4); i > 0; i--) {
            frame.neighbourOption(1 + random.nextInt(3), random.nextInt(4) == 0 ? 0 : mac());
        }
    }

    private byte[] mpls(FrameBuilder frame) {
        for (int labels = 1 + random.nextInt(5); labels > 0; labels--) {
            frame.mpls(random.nextInt(1 << 20), random.nextInt(8), random.nextInt(256));
        }
        byte[] bytes = frame.payload(some(60)).build();
        if (random.nextInt(3) == 0) {
            replace(bytes, Protocol.ETH_MPLS, Protocol.ETH_MPLS_MULTICAST);
        }
        return bytes;
    }

    private byte[] nsh(FrameBuilder frame) {
        frame.nsh(
                random.nextInt(4),
                random.nextInt(64),
                random.nextInt(256),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt(),
                random.nextInt());
        return frame.payload(some(60)).build();
    }

    /** Any bytes behind a type that means something. */
    private byte[] noise() {
        byte[] frame = new byte[14 + random.nextInt(120)];
        random.nextBytes(frame);
        int type = TYPES[random.nextInt(TYPES.length)];
        frame[12] = (byte) (type >>> 8);
        frame[13] = (byte) type;
        return frame;
    }

    private static void replace(byte[] frame, int type, int by) {
        ByteBuffer buffer = ByteBuffer.wrap(frame).order(ByteOrder.BIG_ENDIAN);
        for (int at = 12; at + 1 < frame.length; at += 4) {
            if ((buffer.getShort(at) & 0xffff) == type) {
                buffer.putShort(at, (short) by);
                return;
            }
        }
    }

    private byte[] some(int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private long mac() {
        return random.nextLong() & 0xffff_ffff_ffffL;
    }

    /**
     * A frame in a buffer of its own length: who reads beyond the frame reads beyond the buffer.
     */
    public static ByteBuffer buffer(byte[] frame) {
        return ByteBuffer.allocateDirect(frame.length).order(ByteOrder.nativeOrder()).put(0, frame);
    }
}
