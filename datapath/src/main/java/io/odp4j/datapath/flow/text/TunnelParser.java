package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;
import java.util.List;

/** What stands within {@code tunnel(…)}. A field that is named twice is written twice. */
final class TunnelParser {
    private static final int GENEVE_MOST = 252;
    private static final int GENEVE_HEADER = 4;
    private static final int ERSPAN_LENGTH = 12;

    private static final List<String> CHOICES =
            List.of(
                    "tun_id=",
                    "src=",
                    "dst=",
                    "ipv6_src=",
                    "ipv6_dst=",
                    "tos=",
                    "ttl=",
                    "tp_src=",
                    "tp_dst=",
                    "geneve(",
                    "vxlan(",
                    "erspan(",
                    "flags(");

    private final TextScanner in;
    private final FieldScanner fields;
    private final FlagScanner flags;
    private final UnknownParser unknown;

    private MessageWriter key;
    private MessageWriter mask;

    TunnelParser(TextScanner in, FieldScanner fields, FlagScanner flags, UnknownParser unknown) {
        this.in = in;
        this.fields = fields;
        this.flags = flags;
        this.unknown = unknown;
    }

    boolean read(MessageWriter toKey, MessageWriter toMask) {
        key = toKey;
        mask = toMask;
        int keyNest = key.beginPlainNest(KeyAttributes.TUNNEL.number());
        int maskNest = mask.beginPlainNest(KeyAttributes.TUNNEL.number());
        while (!in.take(')')) {
            field();
            KeyParser.endOfField(in);
        }
        key.endNest(keyNest);
        mask.endNest(maskNest);
        return true;
    }

    private void field() {
        if (in.take("tun_id=")) {
            key.putBe64(TunnelAttributes.ID.number(), in.number(0));
            mask.putBe64(TunnelAttributes.ID.number(), fields.slashNumber());
        } else if (in.take("src=")) {
            ipv4(TunnelAttributes.IPV4_SRC.number());
        } else if (in.take("dst=")) {
            ipv4(TunnelAttributes.IPV4_DST.number());
        } else if (in.take("tos=")) {
            u8(TunnelAttributes.TOS.number());
        } else if (in.take("ttl=")) {
            u8(TunnelAttributes.TTL.number());
        } else if (in.take("tp_src=")) {
            be16(TunnelAttributes.TP_SRC.number());
        } else if (in.take("tp_dst=")) {
            be16(TunnelAttributes.TP_DST.number());
        } else if (in.take("flags(")) {
            flags();
        } else if (in.take("ipv6_src=")) {
            ipv6(TunnelAttributes.IPV6_SRC.number());
        } else if (in.take("ipv6_dst=")) {
            ipv6(TunnelAttributes.IPV6_DST.number());
        } else if (in.take("geneve(")) {
            geneve();
        } else if (in.take("vxlan(")) {
            vxlan();
        } else if (in.take("erspan(")) {
            erspan();
        } else if (in.take("gtpu(")) {
            gtpu();
        } else if (in.take("ipv4_info_bridge")) {
            key.putFlag(TunnelAttributes.IPV4_INFO_BRIDGE.number());
            mask.putFlag(TunnelAttributes.IPV4_INFO_BRIDGE.number());
        } else if (!unknown.key(key, mask)) {
            throw in.error(CHOICES, "')'");
        }
    }

    private void ipv4(int type) {
        int keyAt = key.header(type, 4);
        fields.ipv4(key.buffer(), keyAt, mask.buffer(), mask.header(type, 4));
    }

    private void ipv6(int type) {
        int keyAt = key.header(type, 16);
        fields.ipv6(key.buffer(), keyAt, mask.buffer(), mask.header(type, 16));
    }

    private void u8(int type) {
        key.putU8(type, (int) in.number(0));
        mask.putU8(type, (int) fields.slashNumber());
    }

    private void be16(int type) {
        key.putBe16(type, (int) in.number(0));
        mask.putBe16(type, (int) fields.slashNumber());
    }

    /** The key flag is said by the id's being there, and has no attribute. */
    private void flags() {
        flags.masked(FlagNames.TUNNEL, FlagNames.ALL_TUNNEL_FLAGS);
        in.expect(')');
        flags(key, flags.flags());
        flags(mask, flags.mask());
    }

    private static void flags(MessageWriter to, int bits) {
        if ((bits & FlagNames.TUNNEL_DF) != 0) {
            to.putFlag(TunnelAttributes.DONT_FRAGMENT.number());
        }
        if ((bits & FlagNames.TUNNEL_CSUM) != 0) {
            to.putFlag(TunnelAttributes.CSUM.number());
        }
        if ((bits & FlagNames.TUNNEL_OAM) != 0) {
            to.putFlag(TunnelAttributes.OAM.number());
        }
    }

    private void vxlan() {
        int keyNest = key.beginPlainNest(TunnelAttributes.VXLAN_OPTS.number());
        int maskNest = mask.beginPlainNest(TunnelAttributes.VXLAN_OPTS.number());
        boolean any = in.take("gbp(");
        if (any) {
            policy();
        }
        while (!any || in.take(',')) {
            if (!unknown.key(key, mask)) {
                throw in.error("gbp( or attr");
            }
            any = true;
        }
        in.expect(')');
        key.endNest(keyNest);
        mask.endNest(maskNest);
    }

    private void policy() {
        int id = 0;
        int idMask = 0;
        int bits = 0;
        int bitsMask = 0;
        if (in.take("id=")) {
            id = (int) in.number(0) & 0xffff;
            idMask = (int) fields.slashNumber() & 0xffff;
        }
        in.take(',');
        if (in.take("flags=")) {
            bits = (int) in.number(0) & 0xff;
            bitsMask = (int) fields.slashNumber() & 0xff;
        }
        in.expect(')');
        key.putU32(TunnelAttributes.VXLAN_GBP.number(), bits << 16 | id);
        mask.putU32(TunnelAttributes.VXLAN_GBP.number(), bitsMask << 16 | idMask);
    }

    private void gtpu() {
        int type = TunnelAttributes.IPV4_INFO_BRIDGE.number();
        int keyAt = key.header(type, 2);
        int maskAt = mask.header(type, 2);
        FieldScanner.zeros(key.buffer(), keyAt, 2);
        FieldScanner.zeros(mask.buffer(), maskAt, 2);
        byteField("flags=", keyAt, maskAt);
        in.take(',');
        byteField("msgtype=", keyAt + 1, maskAt + 1);
        in.expect(')');
    }

    private void byteField(String name, int keyAt, int maskAt) {
        if (in.take(name)) {
            fields.value(KeyForm.Kind.U8, key.buffer(), keyAt, mask.buffer(), maskAt);
        }
    }

    /**
     * {@code struct erspan_metadata}: the version in host byte order, then an index, or for version
     * 2 eight bytes of which the last holds direction (bit 3) and hardware id (the upper half).
     */
    private void erspan() {
        int keyAt = key.header(TunnelAttributes.ERSPAN_OPTS.number(), ERSPAN_LENGTH);
        int maskAt = mask.header(TunnelAttributes.ERSPAN_OPTS.number(), ERSPAN_LENGTH);
        FieldScanner.zeros(key.buffer(), keyAt, ERSPAN_LENGTH);
        FieldScanner.ones(mask.buffer(), maskAt, ERSPAN_LENGTH);
        int start = in.position();
        int version = (int) in.number("ver=", 0) & 0xff;
        fields.slashNumber();
        if (version != 1 && version != 2) {
            throw in.error(start, "ver=1 or ver=2");
        }
        key.buffer().putInt(keyAt, version);
        in.take(',');
        if (version == 1) {
            boolean index = in.take("idx=");
            FieldScanner.putBe32(key.buffer(), keyAt + 4, index ? (int) in.number(0) : 0);
            int indexMask = index ? (int) fields.slashNumber() : 0;
            FieldScanner.putBe32(mask.buffer(), maskAt + 4, indexMask);
        } else {
            erspanType3(keyAt + 11, maskAt + 11);
        }
        in.expect(')');
    }

    private void erspanType3(int keyAt, int maskAt) {
        int direction = 0;
        int directionMask = 0;
        int hardware = 0;
        int hardwareMask = 0;
        if (in.take("dir=")) {
            direction = (int) in.number(0) & 1;
            directionMask = (int) fields.slashNumber() & 1;
        }
        in.take(',');
        if (in.take("hwid=")) {
            hardware = (int) in.number(0) & 0xf;
            hardwareMask = (int) fields.slashNumber() & 0xf;
        }
        key.buffer().put(keyAt, (byte) (hardware << 4 | direction << 3));
        mask.buffer().put(maskAt, (byte) (hardwareMask << 4 | directionMask << 3 | 7));
    }

    private void geneve() {
        int keyNest = key.beginPlainNest(TunnelAttributes.GENEVE_OPTS.number());
        int maskNest = mask.beginPlainNest(TunnelAttributes.GENEVE_OPTS.number());
        int left = GENEVE_MOST;
        while (in.take('{')) {
            if (left < GENEVE_HEADER) {
                throw in.error("at most " + GENEVE_MOST + " bytes of options");
            }
            left -= geneveOption(left - GENEVE_HEADER);
        }
        if (!in.take(')')) {
            throw in.error("'{' or ')'");
        }
        key.endNest(keyNest);
        mask.endNest(maskNest);
    }

    /**
     *
     *
     * <pre>
     *  0  u16 class | 2  u8 type | 3  u8 length of the data in words, 5 bits | 4 ... data
     * </pre>
     *
     * @param most bytes of data that fit
     * @return bytes of the option
     */
    private int geneveOption(int most) {
        int keyAt = raw(key, GENEVE_HEADER, 0);
        int maskAt = raw(mask, GENEVE_HEADER, 0);
        ByteBuffer k = key.buffer();
        ByteBuffer m = mask.buffer();
        if (in.take("class=")) {
            fields.value(KeyForm.Kind.BE16, k, keyAt, m, maskAt);
        }
        in.take(',');
        if (in.take("type=")) {
            fields.value(KeyForm.Kind.U8, k, keyAt + 2, m, maskAt + 2);
        }
        in.take(',');
        int length = 0;
        int lengthMask = 0x1f;
        if (in.take("len=")) {
            int start = in.position();
            length = (int) in.number(0) & 0xff;
            lengthMask = (int) fields.slashNumber() & 0x1f;
            if (length > 124 || length % 4 != 0 || length > most) {
                throw in.error(start, "a multiple of 4 of at most " + Math.min(most, 124));
            }
        }
        k.put(keyAt + 3, (byte) (length / 4));
        m.put(maskAt + 3, (byte) lengthMask);
        geneveData(raw(key, length, 0), raw(mask, length, 0xff), length);
        in.expect('}');
        return GENEVE_HEADER + length;
    }

    private void geneveData(int keyAt, int maskAt, int length) {
        if (in.take(',')) {
            fields.addresses().bytes(key.buffer(), keyAt, length);
        }
        if (in.take('/')) {
            fields.addresses().bytes(mask.buffer(), maskAt, length);
        }
    }

    /** Appends bytes of one value; where they start. */
    private static int raw(MessageWriter to, int length, int value) {
        int at = to.position();
        for (int i = 0; i < length; i++) {
            to.putRawU8(value);
        }
        return at;
    }
}
