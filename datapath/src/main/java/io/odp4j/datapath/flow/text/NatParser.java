package io.odp4j.datapath.flow.text;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Address translation: {@code nat(src=10.0.0.1-10.0.0.9:1024-2048,random)}. */
final class NatParser {
    private final TextScanner in;
    private final AddressScanner addresses;
    private final ByteBuffer min = ByteBuffer.allocate(16);
    private final ByteBuffer max = ByteBuffer.allocate(16);

    private boolean src;
    private boolean dst;
    private int length;
    private boolean range;
    private int protoMin;
    private int protoMax;
    private boolean persistent;
    private boolean hash;
    private boolean random;
    private final UnknownRest rest;

    NatParser(TextScanner in, AddressScanner addresses, UnknownParser unknown) {
        this.in = in;
        this.addresses = addresses;
        this.rest = new UnknownRest(unknown);
    }

    /** Reads what stands behind {@code nat}. */
    void read() {
        src = false;
        dst = false;
        length = 0;
        range = false;
        protoMin = 0;
        protoMax = 0;
        persistent = false;
        hash = false;
        random = false;
        rest.clear();
        int start = in.position();
        if (in.take('(')) {
            for (in.skipDelimiters(); !in.take(')'); in.skipDelimiters()) {
                part();
            }
        }
        if (src && dst) {
            throw in.error(start, "only one of src and dst");
        }
        if (hash && random) {
            throw in.error(start, "only one of hash and random");
        }
    }

    private void part() {
        if (in.take("src")) {
            src = true;
            range();
        } else if (in.take("dst")) {
            dst = true;
            range();
        } else if (in.take("persistent")) {
            persistent = true;
        } else if (in.take("hash")) {
            hash = true;
        } else if (in.take("random")) {
            random = true;
        } else if (!rest.read()) {
            throw in.error("src, dst, persistent, hash, random or ')'");
        }
    }

    private void range() {
        if (!in.take('=')) {
            return;
        }
        int start = in.position();
        length = addresses.ipv4(min, 0) ? 4 : 16;
        if (length == 16) {
            ipv6(min);
        }
        if (in.take('-')) {
            if (length == 16) {
                ipv6(max);
            } else if (!addresses.ipv4(max, 0)) {
                throw in.error("an IPv4 address");
            }
            int order = Arrays.compareUnsigned(min.array(), 0, length, max.array(), 0, length);
            range = order < 0;
            if (order > 0 && !isZero(max)) {
                throw in.error(start, "a range from lower to higher");
            }
        }
        if (in.take(':')) {
            ports();
        }
    }

    private boolean isZero(ByteBuffer address) {
        for (int i = 0; i < length; i++) {
            if (address.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private void ports() {
        int start = in.position();
        protoMin = (int) in.number(10) & 0xffff;
        if (in.take('-')) {
            protoMax = (int) in.number(10) & 0xffff;
            if (protoMax != 0 && protoMax < protoMin) {
                throw in.error(start, "a range from lower to higher");
            }
        }
    }

    private void ipv6(ByteBuffer to) {
        boolean brackets = in.take('[');
        if (!addresses.ipv6(to, 0)) {
            throw in.error("an address");
        }
        if (brackets) {
            in.expect(']');
        }
    }

    void write(MessageWriter out) {
        int nest = out.beginPlainNest(ActionAttributes.CT_NAT.number());
        if (src || dst) {
            out.putFlag((src ? ActionAttributes.NAT_SRC : ActionAttributes.NAT_DST).number());
            if (length != 0) {
                out.putBytes(ActionAttributes.NAT_IP_MIN.number(), min, 0, length);
            }
            if (range) {
                out.putBytes(ActionAttributes.NAT_IP_MAX.number(), max, 0, length);
            }
            if (protoMin != 0) {
                out.putU16(ActionAttributes.NAT_PROTO_MIN.number(), protoMin);
            }
            if (protoMin != 0 && protoMax > protoMin) {
                out.putU16(ActionAttributes.NAT_PROTO_MAX.number(), protoMax);
            }
            flag(out, persistent, ActionAttributes.NAT_PERSISTENT.number());
            flag(out, hash, ActionAttributes.NAT_PROTO_HASH.number());
            flag(out, random, ActionAttributes.NAT_PROTO_RANDOM.number());
        }
        rest.appendTo(out);
        out.endNest(nest);
    }

    private static void flag(MessageWriter out, boolean set, int type) {
        if (set) {
            out.putFlag(type);
        }
    }
}
