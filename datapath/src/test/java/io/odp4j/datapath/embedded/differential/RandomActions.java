package io.odp4j.datapath.embedded.differential;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.Protocol;
import io.odp4j.datapath.netlink.MessageWriter;
import java.util.Random;

/** Random lists of actions; most of them go with the packet that they are about. */
final class RandomActions {
    private final Random random;
    private MessageWriter w;
    private FlowKey key = new FlowKey();

    RandomActions(Random random) {
        this.random = random;
    }

    /** Says what packet the next list is about. */
    void about(FlowKey packet) {
        key = packet;
    }

    /** Writes a list as an attribute. */
    void nest(MessageWriter writer, int attribute) {
        w = writer;
        int nest = w.beginPlainNest(attribute);
        list(0);
        w.endNest(nest);
    }

    /** Writes a list with a ct action as an attribute. */
    void nestTracking(MessageWriter writer, int attribute) {
        w = writer;
        int nest = w.beginPlainNest(attribute);
        track();
        w.endNest(nest);
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private void list(int depth) {
        for (int n = random.nextInt(4); n > 0; n--) {
            action(depth);
        }
        if (chance(4)) {
            userspace();
        } else {
            w.putU32(1, random.nextInt(4));
        }
        if (chance(20)) {
            w.putU32(24, random.nextInt(3));
        }
    }

    private void userspace() {
        int nest = w.beginPlainNest(2);
        w.putU32(1, chance(20) ? 0 : Step.PORT_ID);
        if (random.nextBoolean()) {
            byte[] cookie = new byte[1 + random.nextInt(9)];
            random.nextBytes(cookie);
            w.putBytes(2, cookie);
        }
        if (chance(4)) {
            w.putFlag(4);
        }
        w.endNest(nest);
    }

    private void action(int depth) {
        switch (random.nextInt(30)) {
            case 0, 1 -> w.putU32(1, chance(15) ? 0xffff + random.nextInt(2) : random.nextInt(6));
            case 2, 3 -> pushVlan();
            case 4 -> w.putFlag(5);
            case 5 -> w.putU32(13, 10 + random.nextInt(60));
            case 6 -> w.putU32(7, random.nextInt(3));
            case 7 -> {
                w.putBytes(8, new byte[] {(byte) random.nextInt(3), 0, 0, 0, 1, 2, 3, 4});
                w.putU32(7, random.nextInt(3));
            }
            case 8 -> set(4, 12, random.nextBoolean());
            case 9, 10, 11 -> network();
            case 12, 13 -> ports();
            case 14 -> set(random.nextBoolean() ? 2 : 15, 4, random.nextBoolean());
            case 15 -> {
                if (chance(25)) {
                    clones(10 + random.nextInt(10));
                } else {
                    nested(20, depth);
                }
            }
            case 16 -> sample(depth);
            case 17 -> checkLength(depth);
            case 18 -> decrementTtl(depth);
            case 19 -> mpls(chance(2) ? 9 : 22);
            case 20 -> be16(10, chance(2) ? 0x0800 : chance(3) ? 0x6558 : 0x8847);
            case 21 -> set(21, 4, random.nextBoolean());
            case 22 -> {
                w.putFlag(15);
                if (random.nextBoolean()) {
                    w.putBytes(14, bytes(12));
                }
            }
            case 23 -> w.putBytes(14, bytes(12));
            case 24 -> {
                pushNsh();
                if (random.nextBoolean()) {
                    w.putBytes(14, bytes(12));
                }
            }
            case 25 -> w.putFlag(18);
            case 26 -> w.putU32(19, 1 + random.nextInt(4));
            case 27 -> w.putFlag(16);
            case 28 -> psample();
            default -> tunnel();
        }
    }

    private void psample() {
        int nest = chance(12) ? w.beginPlainNest(25) : w.beginNest(25);
        if (!chance(12)) {
            w.putU32(1, random.nextInt(3));
        }
        if (chance(2)) {
            w.putBytes(2, bytes(random.nextInt(20)));
        }
        w.endNest(nest);
    }

    private void track() {
        int ct = w.beginPlainNest(12);
        if (!chance(4)) {
            w.putFlag(chance(3) ? 7 : 1);
        }
        for (int n = random.nextInt(4); n > 0; n--) {
            switch (random.nextInt(4)) {
                case 0 -> w.putBytes(3, valueAndMask(4));
                case 1 -> w.putBytes(4, valueAndMask(16));
                case 2 -> w.putU32(8, random.nextInt());
                default -> nat();
            }
        }
        if (chance(12)) {
            w.putFlag(1);
        }
        w.endNest(ct);
    }

    private byte[] valueAndMask(int size) {
        return chance(8) ? new byte[2 * size] : bytes(2 * size);
    }

    private void nat() {
        int nest = w.beginPlainNest(6);
        if (!chance(5)) {
            w.putFlag(1 + random.nextInt(2));
        }
        int address = key.dlType() == Protocol.ETH_IPV6 ? 16 : 4;
        byte[] least = bytes(address);
        for (int n = random.nextInt(5); n > 0; n--) {
            switch (random.nextInt(6)) {
                case 0 -> w.putBytes(3, least);
                case 1 -> w.putBytes(4, chance(2) ? least : bytes(chance(8) ? 4 : address));
                case 2 -> w.putU16(5, random.nextInt(1 << 16));
                case 3 -> w.putU16(6, random.nextInt(1 << 16));
                default -> w.putFlag(chance(12) ? 10 : 7 + random.nextInt(3));
            }
        }
        w.endNest(nest);
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private void be16(int attribute, int value) {
        w.putBe16(attribute, value);
    }

    private void pushVlan() {
        int tpid = chance(3) ? 0x88a8 : chance(10) ? 0x9100 : 0x8100;
        int flag = chance(8) ? 0 : 0x10;
        w.putBytes(4, new byte[] {(byte) (tpid >> 8), (byte) tpid, (byte) flag, 3});
    }

    private void mpls(int action) {
        byte[] push = {0, 0, 0x51, 0x40, (byte) 0x88, 0x47, 0, 0};
        if (action == 22) {
            push[6] = (byte) random.nextInt(2);
        } else if (chance(8)) {
            push[4] = 8;
        }
        w.putBytes(action, push);
    }

    private void network() {
        switch (key.dlType()) {
            case Protocol.ETH_IPV4 -> ipv4(random.nextBoolean());
            case Protocol.ETH_IPV6 -> ipv6(random.nextBoolean());
            case Protocol.ETH_NSH -> nsh();
            default -> set(4, 12, true);
        }
    }

    private void ports() {
        int attribute =
                switch ((int) key.get(FlowField.NW_PROTO)) {
                    case Protocol.IP_TCP -> 9;
                    case Protocol.IP_UDP -> 10;
                    case Protocol.IP_SCTP -> 17;
                    default -> 9 + random.nextInt(2);
                };
        set(attribute, 4, random.nextBoolean());
    }

    private void set(int attribute, int size, boolean masked) {
        int nest = w.beginPlainNest(masked ? 11 : 3);
        byte[] bytes = new byte[masked ? 2 * size : size];
        for (int i = 0; i < size; i++) {
            int mask = masked ? random.nextInt(3) * 0x7f & 0xff : 0xff;
            bytes[i] = (byte) (random.nextInt(256) & mask);
            if (masked) {
                bytes[size + i] = (byte) (chance(200) ? 0 : mask);
            }
        }
        w.putBytes(attribute, bytes);
        w.endNest(nest);
    }

    private void ipv4(boolean masked) {
        int nest = w.beginPlainNest(masked ? 11 : 3);
        byte[] bytes = bytes(masked ? 24 : 12);
        bytes[8] = (byte) (masked ? 0 : key.get(FlowField.NW_PROTO));
        bytes[11] = (byte) (masked ? 0 : key.get(FlowField.NW_FRAG));
        for (int i = 0; masked && i < 12; i++) {
            bytes[12 + i] = (byte) (i == 8 || i == 11 ? 0 : 0xff);
        }
        w.putBytes(7, bytes);
        w.endNest(nest);
    }

    private void ipv6(boolean masked) {
        int nest = w.beginPlainNest(masked ? 11 : 3);
        byte[] bytes = bytes(masked ? 80 : 40);
        bytes[32] = 0;
        bytes[33] &= 0xf;
        bytes[36] = (byte) (masked ? 0 : key.get(FlowField.NW_PROTO));
        bytes[39] = (byte) (masked ? 0 : key.get(FlowField.NW_FRAG));
        for (int i = 0; masked && i < 40; i++) {
            boolean no = i == 36 || i == 39 || i == 32;
            bytes[40 + i] = (byte) (no ? 0 : i == 33 ? 0xf : 0xff);
        }
        w.putBytes(8, bytes);
        w.endNest(nest);
    }

    private void nsh() {
        boolean masked = random.nextBoolean();
        int nest = w.beginPlainNest(masked ? 11 : 3);
        int nsh = w.beginPlainNest(28);
        byte[] base = bytes(masked ? 16 : 8);
        base[0] = 0;
        base[2] = 1;
        if (masked) {
            java.util.Arrays.fill(base, 8, 16, (byte) 0xff);
        }
        if (random.nextBoolean()) {
            w.putBytes(1, base);
        }
        if (random.nextBoolean()) {
            byte[] contexts = bytes(masked ? 32 : 16);
            if (masked) {
                java.util.Arrays.fill(contexts, 16, 32, (byte) 0xff);
            }
            w.putBytes(2, contexts);
        }
        w.endNest(nsh);
        w.endNest(nest);
    }

    private void pushNsh() {
        int nest = w.beginPlainNest(17);
        int nsh = w.beginPlainNest(28);
        boolean second = chance(4);
        byte[] base = {0, 63, (byte) (second ? 2 : 1), 3, 0, 0, 1, (byte) 255};
        if (!chance(10)) {
            w.putBytes(1, base);
        }
        if (!second) {
            w.putBytes(2, bytes(16));
        } else {
            w.putBytes(3, bytes(4 * random.nextInt(4)));
        }
        w.endNest(nsh);
        w.endNest(nest);
    }

    private void nested(int type, int depth) {
        int nest = w.beginPlainNest(type);
        if (depth < 3) {
            list(depth + 1);
        }
        w.endNest(nest);
    }

    private void clones(int deep) {
        if (deep > 0) {
            int nest = w.beginPlainNest(20);
            clones(deep - 1);
            w.endNest(nest);
        }
    }

    private void sample(int depth) {
        int nest = w.beginPlainNest(6);
        w.putU32(1, random.nextBoolean() ? -1 : 0);
        nested(2, depth);
        w.endNest(nest);
    }

    private void checkLength(int depth) {
        int nest = w.beginPlainNest(21);
        w.putU16(1, 40 + random.nextInt(60));
        nested(2, depth);
        nested(3, depth);
        w.endNest(nest);
    }

    private void decrementTtl(int depth) {
        int nest = w.beginPlainNest(23);
        nested(1, depth);
        w.endNest(nest);
    }

    private void tunnel() {
        int nest = w.beginPlainNest(3);
        int tunnel = w.beginPlainNest(16);
        w.putBe64(0, 5);
        if (!chance(5)) {
            w.putBe32(2, 0x0a00_0001);
        }
        if (!chance(5)) {
            w.putU8(4, 64);
        }
        w.endNest(tunnel);
        w.endNest(nest);
    }
}
