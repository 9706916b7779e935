package io.odp4j.datapath.embedded.conntrack;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import java.nio.ByteBuffer;

/** A checked ct action, read from its attributes. Used over and over. */
final class CtAction {
    static final int COMMIT = ActionAttributes.CT_COMMIT.number();
    static final int ZONE = ActionAttributes.CT_ZONE.number();
    static final int MARK = ActionAttributes.CT_MARK.number();
    static final int LABELS = ActionAttributes.CT_LABELS.number();
    static final int NAT = ActionAttributes.CT_NAT.number();
    static final int EVENTMASK = ActionAttributes.CT_EVENTMASK.number();
    static final int FORCE_COMMIT = ActionAttributes.CT_FORCE_COMMIT.number();
    private static final int NAT_SRC = ActionAttributes.NAT_SRC.number();
    private static final int NAT_DST = ActionAttributes.NAT_DST.number();
    private static final int NAT_IP_MIN = ActionAttributes.NAT_IP_MIN.number();
    private static final int NAT_IP_MAX = ActionAttributes.NAT_IP_MAX.number();
    private static final int NAT_PROTO_MIN = ActionAttributes.NAT_PROTO_MIN.number();
    private static final int NAT_PROTO_MAX = ActionAttributes.NAT_PROTO_MAX.number();
    private static final int NAT_PERSISTENT = ActionAttributes.NAT_PERSISTENT.number();
    private static final int NAT_HASH = ActionAttributes.NAT_PROTO_HASH.number();
    private static final int NAT_RANDOM = ActionAttributes.NAT_PROTO_RANDOM.number();

    boolean commit;
    boolean force;
    int zone;
    int mark;
    int markMask;
    long labelHigh;
    long labelLow;
    long labelMaskHigh;
    long labelMaskLow;

    private boolean hasEventMask;
    private int eventMask;

    /** Whether packets are translated at all. */
    boolean nat;

    boolean natSrc;
    boolean natDst;
    private boolean natHash;
    private boolean natRandom;
    final NatRange range = new NatRange();

    void wrap(ByteBuffer b, int offset, int length) {
        commit = false;
        force = false;
        zone = 0;
        markMask = 0;
        labelMaskHigh = 0;
        labelMaskLow = 0;
        hasEventMask = false;
        nat = false;
        natSrc = false;
        natDst = false;
        natHash = false;
        natRandom = false;
        range.clear();
        for (int at = offset; at < offset + length; ) {
            int total = b.getShort(at) & 0xffff;
            int type = b.getShort(at + 2) & 0x3fff;
            int p = at + 4;
            if (type == COMMIT || type == FORCE_COMMIT) {
                commit = true;
                force |= type == FORCE_COMMIT;
            } else if (type == ZONE) {
                zone = b.getShort(p) & 0xffff;
            } else if (type == MARK) {
                mark = b.getInt(p);
                markMask = b.getInt(p + 4);
            } else if (type == LABELS) {
                // A number in host byte order: on the machines that are, the lower half first.
                labelLow = b.getLong(p);
                labelHigh = b.getLong(p + 8);
                labelMaskLow = b.getLong(p + 16);
                labelMaskHigh = b.getLong(p + 24);
            } else if (type == EVENTMASK) {
                hasEventMask = true;
                eventMask = b.getInt(p);
            } else if (type == NAT) {
                nat = true;
                nat(b, p, total - 4);
            }
            at += MessageHeader.align(total);
        }
    }

    private void nat(ByteBuffer b, int offset, int length) {
        boolean hasMax = false;
        boolean hasPortMax = false;
        for (int at = offset; at < offset + length; ) {
            int total = b.getShort(at) & 0xffff;
            int type = b.getShort(at + 2) & 0x3fff;
            int p = at + 4;
            natSrc |= type == NAT_SRC;
            natDst |= type == NAT_DST;
            if (type == NAT_IP_MIN) {
                range.hasAddresses = true;
                range.minHigh = high(b, p, total - 4);
                range.minLow = low(b, p, total - 4);
            } else if (type == NAT_IP_MAX) {
                range.hasAddresses = true;
                hasMax = true;
                range.maxHigh = high(b, p, total - 4);
                range.maxLow = low(b, p, total - 4);
            } else if (type == NAT_PROTO_MIN) {
                range.hasPorts = true;
                range.minPort = b.getShort(p) & 0xffff;
            } else if (type == NAT_PROTO_MAX) {
                range.hasPorts = true;
                hasPortMax = true;
                range.maxPort = b.getShort(p) & 0xffff;
            } else if (type == NAT_HASH || type == NAT_RANDOM) {
                range.random = true;
                natHash |= type == NAT_HASH;
                natRandom |= type == NAT_RANDOM;
            } else if (type == NAT_PERSISTENT) {
                range.persistent = true;
            }
            at += MessageHeader.align(total);
        }
        if (!hasMax) {
            range.maxHigh = range.minHigh;
            range.maxLow = range.minLow;
        }
        if (!hasPortMax) {
            range.maxPort = range.minPort;
        }
    }

    /**
     * Writes the action in the kernel's form ({@code ovs_ct_action_to_attr} in {@code
     * net/openvswitch/conntrack.c}), which has its parts in that order and always names the zone.
     *
     * @param ipv6 whether it is about IPv6 packets
     */
    void write(MessageWriter w, boolean ipv6) {
        int nest = w.beginPlainNest(ActionAttributes.CT.number());
        if (commit) {
            w.putFlag(force ? FORCE_COMMIT : COMMIT);
        }
        w.putU16(ZONE, zone);
        if (markMask != 0) {
            int at = w.header(MARK, 8);
            w.buffer().putInt(at, mark).putInt(at + 4, markMask);
        }
        if ((labelMaskHigh | labelMaskLow) != 0) {
            int at = w.header(LABELS, 32);
            w.buffer().putLong(at, labelLow).putLong(at + 8, labelHigh);
            w.buffer().putLong(at + 16, labelMaskLow).putLong(at + 24, labelMaskHigh);
        }
        if (hasEventMask) {
            w.putU32(EVENTMASK, eventMask);
        }
        if (nat) {
            writeNat(w, ipv6);
        }
        w.endNest(nest);
    }

    private void writeNat(MessageWriter w, boolean ipv6) {
        int nest = w.beginPlainNest(NAT);
        if (natSrc || natDst) {
            w.putFlag(natSrc ? NAT_SRC : NAT_DST);
            if (range.hasAddresses) {
                address(w, NAT_IP_MIN, ipv6, range.minHigh, range.minLow);
                if (range.maxHigh != range.minHigh || range.maxLow != range.minLow) {
                    address(w, NAT_IP_MAX, ipv6, range.maxHigh, range.maxLow);
                }
            }
            if (range.hasPorts) {
                w.putU16(NAT_PROTO_MIN, range.minPort);
                if (range.maxPort != range.minPort) {
                    w.putU16(NAT_PROTO_MAX, range.maxPort);
                }
            }
            flag(w, NAT_PERSISTENT, range.persistent);
            flag(w, NAT_HASH, natHash);
            flag(w, NAT_RANDOM, natRandom);
        }
        w.endNest(nest);
    }

    private static void flag(MessageWriter w, int number, boolean set) {
        if (set) {
            w.putFlag(number);
        }
    }

    private static void address(MessageWriter w, int number, boolean ipv6, long high, long low) {
        if (ipv6) {
            int at = w.header(number, 16);
            for (int i = 0; i < 8; i++) {
                w.buffer().put(at + i, (byte) (high >>> 56 - 8 * i));
                w.buffer().put(at + 8 + i, (byte) (low >>> 56 - 8 * i));
            }
        } else {
            w.putBe32(number, (int) low);
        }
    }

    private static long high(ByteBuffer b, int p, int size) {
        return size == 16 ? AttributeReader.be64(b, p) : 0;
    }

    private static long low(ByteBuffer b, int p, int size) {
        return size == 16
                ? AttributeReader.be64(b, p + 8)
                : AttributeReader.be32(b, p) & 0xffff_ffffL;
    }
}
