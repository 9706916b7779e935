package io.odp4j.datapath.psample;

import io.odp4j.datapath.netlink.table.AttributeList;

/**
 * A packet that the kernel sampled.
 *
 * @param attributes all that was said, by {@link PsampleAttributes}
 */
public record Sample(AttributeList attributes) {
    private static final double ALWAYS = 0xffff_ffffL;

    /** Group that it was sampled for. */
    public long group() {
        return attributes.number(PsampleAttributes.SAMPLE_GROUP, 0);
    }

    /** Number of the sample in its group: a gap means that samples were lost. */
    public long sequence() {
        return attributes.number(PsampleAttributes.GROUP_SEQ, 0);
    }

    /** The start of the packet. */
    public byte[] data() {
        byte[] data = attributes.bytes(PsampleAttributes.DATA);
        return data == null ? new byte[0] : data;
    }

    /** Bytes of the packet before it was cut. */
    public long originalLength() {
        return attributes.number(PsampleAttributes.ORIGSIZE, 0);
    }

    /** Interface that it came by; 0 if it is not known. */
    public int inInterface() {
        return (int) attributes.number(PsampleAttributes.IIFINDEX, 0);
    }

    /** Interface that it left by; 0 if it is not known. */
    public int outInterface() {
        return (int) attributes.number(PsampleAttributes.OIFINDEX, 0);
    }

    /** Which part of the packets is sampled, 0 to 1. */
    public double probability() {
        double rate = attributes.number(PsampleAttributes.SAMPLE_RATE, 0);
        if (rate == 0) {
            return 0;
        }
        return attributes.has(PsampleAttributes.SAMPLE_PROBABILITY) ? rate / ALWAYS : 1 / rate;
    }

    /** What the sampler wrote: the cookie of an OVS psample action; empty if nothing. */
    public byte[] cookie() {
        byte[] cookie = attributes.bytes(PsampleAttributes.USER_COOKIE);
        return cookie == null ? new byte[0] : cookie;
    }
}
