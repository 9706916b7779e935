package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.packet.FrameBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A random conversation of two ends through a firewall, with what goes wrong in one: segments out
 * of the window and out of order, wrong flags and checksums, errors about it, strangers. What it
 * sends next is said in words that do not depend on how a datapath translates; {@link #frame} says
 * it with addresses.
 */
final class Dialogue {
    private static final long MAC_A = 0x0200_0000_0001L;
    private static final long MAC_B = 0x0200_0000_0002L;
    private static final int FIN = 1;
    private static final int SYN = 2;
    private static final int RST = 4;
    private static final int PSH = 8;
    private static final int ACK = 16;
    private static final byte[][] SYN_OPTIONS = {
        {},
        {2, 4, 5, (byte) 0xb4},
        {2, 4, 5, (byte) 0xb4, 4, 2, 1, 3, 3, 7, 1, 1},
        {4, 2, 1, 1},
        {3, 3, 2, 0},
        {3, 3, 20, 1},
        {3, 1, 0, 0},
    };

    /** One packet. */
    record Step(
            boolean reply,
            boolean knowsMapping,
            int flags,
            int seq,
            int ack,
            int window,
            byte[] options,
            int payload,
            int errorType,
            int errorCode,
            boolean errorFromStranger,
            int fault,
            int padding,
            boolean tagged,
            boolean again,
            String actions) {}

    // What is wrong with a packet.
    static final int NOTHING = 0;
    static final int CHECKSUM = 1;
    static final int CUT_SHORT = 2;
    static final int IP_CHECKSUM = 3;
    static final int UDP_LENGTH = 4;
    static final int NO_UDP_CHECKSUM = 5;

    private final Random random;
    private final boolean ipv6;
    final int proto;
    private final View original;
    private final int group;
    private final String zone;
    private final String otherZone;
    final String nat;
    private final int[] next = new int[2];
    private final int[] acked = new int[2];
    private final List<Step> sent = new ArrayList<>();
    private int phase;

    /** The number after the last segment. */
    private int lastEnd;

    Dialogue(Random random, int group, boolean zones) {
        this.random = random;
        ipv6 = random.nextInt(3) == 0;
        proto =
                switch (random.nextInt(12)) {
                    case 0, 1 -> Protocol.IP_UDP;
                    case 2, 3 -> ipv6 ? Protocol.IP_ICMPV6 : Protocol.IP_ICMP;
                    case 4 -> 89;
                    default -> Protocol.IP_TCP;
                };
        int firstZone = group * 3 % 60_000;
        zone = zones ? "zone=" + (firstZone + random.nextInt(2)) + "," : "";
        otherZone = zones ? "zone=" + (firstZone + random.nextInt(3)) + "," : "";
        this.group = group & 0x7fff;
        int client = 1 + random.nextInt(4);
        int server = 1 + random.nextInt(3);
        boolean icmp = proto == Protocol.IP_ICMP || proto == Protocol.IP_ICMPV6;
        int port = icmp ? random.nextInt(0x10000) : port();
        original =
                new View(
                        ipv6,
                        ipv6 ? 0xfd00_0001_0000_0000L + this.group : 0,
                        ipv6 ? client : 0x0a00_0000 | this.group << 8 | client,
                        ipv6 ? 0xfd00_0002_0000_0000L + this.group : 0,
                        ipv6 ? server : 0x0b00_0000 | this.group << 8 | server,
                        port,
                        icmp ? port : 1 + random.nextInt(3));
        nat = random.nextInt(3) == 0 ? "" : nat();
        next[0] = number();
        next[1] = number();
    }

    private int port() {
        return switch (random.nextInt(6)) {
            case 0 -> 1 + random.nextInt(500);
            case 1 -> 600 + random.nextInt(400);
            default -> 1024 + random.nextInt(60_000);
        };
    }

    private int number() {
        return random.nextInt(4) == 0 ? -random.nextInt(2000) : random.nextInt();
    }

    private String nat() {
        boolean src = random.nextBoolean();
        StringBuilder text = new StringBuilder(src ? "nat(src" : "nat(dst");
        if (random.nextInt(12) > 0) {
            text.append('=').append(address(src));
            int kind = random.nextInt(8);
            boolean ports = proto == Protocol.IP_TCP || proto == Protocol.IP_UDP;
            if (kind < 2 && ports) {
                int port = 2000 + random.nextInt(30_000);
                text.append(':').append(port);
                if (kind == 0) {
                    text.append('-').append(port + 20_000);
                }
            }
            if (random.nextInt(4) == 0) {
                text.append(",persistent");
            }
            if (random.nextInt(4) == 0) {
                text.append(random.nextBoolean() ? ",hash" : ",random");
            }
        }
        return text.append(')').toString();
    }

    private String address(boolean src) {
        int net = src ? 0x30 : 0x40;
        String hex = Integer.toHexString(group);
        int low = 1 + random.nextInt(4);
        int high = random.nextInt(3) == 0 ? low + random.nextInt(200) : low;
        if (ipv6) {
            String colons = "fd00:" + net + ":0:" + hex + "::";
            String min = colons + Integer.toHexString(low);
            String max =
                    (random.nextBoolean() ? colons : "fd00:" + net + ":0:" + hex + ":1::") + "fff";
            return high == low ? "[" + min + "]" : "[" + min + "]-[" + max + "]";
        }
        String dots = net + "." + (group >> 8) + "." + (group & 0xff) + ".";
        return high == low ? dots + low : dots + low + "-" + dots + high;
    }

    @Override
    public String toString() {
        return "proto " + proto + " zones " + zone + "," + otherZone + " " + original + " " + nat;
    }

    /** The next packet. */
    Step step() {
        if (!sent.isEmpty() && random.nextInt(12) == 0) {
            return sent.get(random.nextInt(sent.size()));
        }
        Step step = proto == Protocol.IP_TCP ? tcp() : plain();
        sent.add(step);
        return step;
    }

    private Step plain() {
        boolean reply = !sent.isEmpty() && random.nextBoolean();
        return finish(reply, 0, 0, 0, 0, SYN_OPTIONS[0], random.nextInt(40));
    }

    private Step tcp() {
        boolean reply = false;
        int flags = ACK;
        int payload = 0;
        boolean moves = true;
        switch (phase) {
            case 0 -> flags = random.nextInt(8) == 0 ? ACK | PSH : SYN;
            case 1 -> {
                reply = true;
                flags = SYN | ACK;
            }
            case 2 -> {}
            case 3, 4, 5 -> {
                reply = random.nextBoolean();
                payload = random.nextInt(3) == 0 ? 0 : random.nextInt(600);
                flags = payload > 0 ? ACK | PSH : ACK;
                moves = random.nextInt(3) == 0;
            }
            case 6, 8 -> {
                reply = phase == 8 == (sent.size() % 2 == 0);
                flags = random.nextInt(5) == 0 ? RST | ACK : FIN | ACK;
            }
            case 7, 9 -> reply = random.nextBoolean();
            default -> {
                reply = random.nextInt(4) == 0;
                flags = SYN;
                phase = 0;
                if (random.nextBoolean()) {
                    next[0] += 100_000;
                    next[1] = number();
                } else {
                    next[0] = number();
                }
            }
        }
        int me = reply ? 1 : 0;
        int seq = next[me];
        int ack = (flags & ACK) == 0 ? 0 : next[1 - me];
        boolean wrong = random.nextInt(4) == 0;
        if (wrong) {
            switch (random.nextInt(7)) {
                case 0 -> flags = random.nextInt(64);
                case 1 -> seq += off();
                case 2 -> ack += off();
                case 3 -> {
                    reply = !reply;
                    me = 1 - me;
                }
                case 4 -> {
                    flags = random.nextBoolean() ? RST : RST | ACK;
                    seq += random.nextBoolean() ? 0 : off();
                    // Often the end of the segment that went before, which may not be believed.
                    ack =
                            switch (random.nextInt(3)) {
                                case 0 -> ack;
                                case 1 -> 0;
                                default -> lastEnd;
                            };
                }
                case 5 -> flags = random.nextBoolean() ? SYN : SYN | ACK;
                default -> {
                    seq = number();
                    ack = number();
                }
            }
        }
        boolean syn = (flags & SYN) != 0;
        if (!wrong || random.nextBoolean()) {
            next[me] = seq + payload + (syn ? 1 : 0) + (flags & FIN);
            phase += moves ? 1 : 0;
        }
        lastEnd = seq + payload + (syn ? 1 : 0) + (flags & FIN);
        byte[] options = syn ? SYN_OPTIONS[random.nextInt(SYN_OPTIONS.length)] : option(ack);
        int window = random.nextInt(6) == 0 ? random.nextInt(3) : random.nextInt(0x10000);
        return finish(reply, flags, seq, ack, window, options, payload);
    }

    private byte[] option(int ack) {
        if (random.nextInt(5) > 0) {
            return SYN_OPTIONS[0];
        }
        int left = ack + random.nextInt(1000);
        int right = left + random.nextInt(1000);
        return new byte[] {
            1,
            1,
            5,
            10,
            (byte) (left >> 24),
            (byte) (left >> 16),
            (byte) (left >> 8),
            (byte) left,
            (byte) (right >> 24),
            (byte) (right >> 16),
            (byte) (right >> 8),
            (byte) right
        };
    }

    private int off() {
        int[] by = {1, -1, 600, -600, 66_000, -66_001, 100_000, -100_000, 1 << 30, 1 << 31};
        return by[random.nextInt(by.length)];
    }

    private Step finish(
            boolean reply, int flags, int seq, int ack, int window, byte[] options, int payload) {
        boolean error = random.nextInt(12) == 0 && !sent.isEmpty();
        int type = -1;
        if (error) {
            type = ipv6 ? 1 + random.nextInt(4) : new int[] {3, 4, 5, 11, 12}[random.nextInt(5)];
        } else if (proto == Protocol.IP_ICMPV6 && random.nextInt(8) == 0) {
            type = 128 + random.nextInt(26);
        } else if (proto == Protocol.IP_ICMP && random.nextInt(8) == 0) {
            type = random.nextInt(22);
        }
        return new Step(
                reply,
                random.nextInt(10) > 0,
                flags,
                seq,
                ack,
                window,
                options,
                payload,
                error ? type : type < 0 ? -1 : 256 + type,
                random.nextInt(3),
                random.nextInt(4) == 0,
                random.nextInt(14) == 0 ? 1 + random.nextInt(5) : NOTHING,
                random.nextInt(4) == 0 ? random.nextInt(20) : 0,
                random.nextInt(8) == 0,
                random.nextInt(6) == 0,
                actions());
    }

    private String actions() {
        String known = nat.isEmpty() && random.nextInt(4) > 0 ? "" : "nat";
        return switch (random.nextInt(12)) {
            case 0 -> ct(zone);
            case 1 -> ct(zone + known);
            case 2 -> ct(zone + known) + "," + ct(zone + known);
            case 3 -> ct("force_commit," + zone + marks() + nat);
            case 4 -> ct(zone) + ",ct_clear," + ct("commit," + otherZone);
            case 5 -> ct(zone + known) + "," + ct("commit," + otherZone + marks());
            case 6 -> ct("commit," + zone + marks());
            case 7, 8 -> ct("commit," + zone + marks() + nat);
            default -> ct(zone + known) + "," + ct("commit," + zone + marks() + nat);
        };
    }

    private static String ct(String parts) {
        return "ct(" + (parts.endsWith(",") ? parts.substring(0, parts.length() - 1) : parts) + ")";
    }

    private String marks() {
        String text = "";
        if (random.nextInt(3) == 0) {
            text += "mark=" + random.nextInt(1000) + "/" + (1 + random.nextInt(1000)) + ",";
        }
        if (random.nextInt(3) == 0) {
            text +=
                    String.format(
                            "label=0x%x%016x/0x%x%016x,",
                            1 + random.nextInt(100),
                            random.nextLong(),
                            1 + random.nextInt(100),
                            random.nextLong());
        }
        return text;
    }

    // --- in bytes ---

    /**
     * A packet as it arrives.
     *
     * @param far how the far end saw what was sent to it, null if nothing was
     * @param quoted what an error quotes: the last packet that reached the end that it comes from
     */
    byte[] frame(Step step, View far, byte[] quoted) {
        View seen = far == null || !step.knowsMapping ? original : far;
        View view = step.reply ? seen.inverse() : original;
        FrameBuilder b =
                step.reply
                        ? FrameBuilder.ethernet(MAC_A, MAC_B)
                        : FrameBuilder.ethernet(MAC_B, MAC_A);
        if (step.tagged) {
            b.vlan(7);
        }
        boolean error = step.errorType >= 0 && step.errorType < 256;
        boolean stranger = error && step.errorFromStranger;
        if (ipv6) {
            b.ipv6(view.srcHigh(), stranger ? 99 : view.srcLow(), view.dstHigh(), view.dstLow());
        } else {
            b.ipv4(stranger ? 0x0a09_0909 : (int) view.srcLow(), (int) view.dstLow());
        }
        if (error) {
            if (ipv6) {
                b.icmpv6(step.errorType, step.errorCode);
            } else {
                b.icmp(step.errorType, step.errorCode);
            }
            b.payload(quoted == null ? new byte[28] : quoted);
        } else {
            above(b, step, view);
        }
        byte[] frame = b.build();
        fault(frame, step, error);
        byte[] padded = new byte[frame.length + step.padding];
        System.arraycopy(frame, 0, padded, 0, frame.length);
        return step.fault == CUT_SHORT
                ? Arrays.copyOf(padded, Math.max(ipv6 ? 58 : 38, padded.length - 25))
                : padded;
    }

    private void above(FrameBuilder b, Step step, View view) {
        switch (proto) {
            case Protocol.IP_TCP ->
                    b.tcp(view.src(), view.dst(), step.flags)
                            .numbers(step.seq, step.ack, step.window)
                            .tcpOptions(step.options);
            case Protocol.IP_UDP -> b.udp(view.src(), view.dst());
            case Protocol.IP_ICMP -> {
                int type = step.errorType >= 0 ? step.errorType - 256 : step.reply ? 0 : 8;
                b.icmp(type, 0).echo(step.reply ? view.dst() : view.src(), 7);
            }
            case Protocol.IP_ICMPV6 -> {
                int type = step.errorType >= 0 ? step.errorType - 256 : step.reply ? 129 : 128;
                b.icmpv6(type, 0).echo(step.reply ? view.dst() : view.src(), 7);
            }
            default -> b.proto(proto);
        }
        b.payload(step.payload);
    }

    private void fault(byte[] frame, Step step, boolean error) {
        FrameParts parts = new FrameParts(frame);
        int at = parts.ip.transport;
        boolean udp = proto == Protocol.IP_UDP && !error;
        switch (step.fault) {
            case CHECKSUM -> frame[frame.length - 1] ^= 1;
            case IP_CHECKSUM -> {
                if (!ipv6) {
                    frame[parts.network() + 10] ^= 1;
                }
            }
            case UDP_LENGTH -> {
                if (udp) {
                    frame[at + 5] += 3;
                }
            }
            case NO_UDP_CHECKSUM -> {
                if (udp) {
                    frame[at + 6] = 0;
                    frame[at + 7] = 0;
                }
            }
            default -> {}
        }
    }
}
