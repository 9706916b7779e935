package io.odp4j.datapath.netlink;

/**
 * What the kernel adds to an error: the TLVs {@code NLMSGERR_ATTR_*} of {@code linux/netlink.h}.
 *
 * @param message a sentence, or null
 * @param offset the byte of the request at fault, or -1
 * @param missingType number of the attribute that is missing, or -1
 * @param missingNest offset of the nest in which it is missing, or -1
 * @param policy what the attribute violated, or null
 * @param cookie bytes that a family returns on success, or null
 */
public record ExtendedAck(
        String message,
        int offset,
        int missingType,
        int missingNest,
        AttributePolicy policy,
        byte[] cookie) {

    /** Nothing was added. */
    public static final ExtendedAck NONE = new ExtendedAck(null, -1, -1, -1, null, null);

    private static final int MSG = 1;
    private static final int OFFS = 2;
    private static final int COOKIE = 3;
    private static final int POLICY = 4;
    private static final int MISS_TYPE = 5;
    private static final int MISS_NEST = 6;

    /** A sentence, and the byte of the request that it is about, or -1. */
    public static ExtendedAck of(String message, int offset) {
        return new ExtendedAck(message, offset, -1, -1, null, null);
    }

    /** Reads the TLVs of a run; unknown ones are passed over. */
    static ExtendedAck decode(AttributeReader attributes) {
        String message = null;
        int offset = -1;
        int missingType = -1;
        int missingNest = -1;
        AttributePolicy policy = null;
        byte[] cookie = null;
        while (attributes.next()) {
            switch (attributes.type()) {
                case MSG -> message = attributes.string();
                case OFFS -> offset = attributes.u32();
                case COOKIE -> cookie = attributes.bytes();
                case POLICY -> policy = AttributePolicy.decode(attributes);
                case MISS_TYPE -> missingType = attributes.u32();
                case MISS_NEST -> missingNest = attributes.u32();
                default -> {
                    // Newer than this program, and no reason to refuse the rest.
                }
            }
        }
        return new ExtendedAck(message, offset, missingType, missingNest, policy, cookie);
    }

    /** Writes the TLVs; a policy is not among them. */
    public void encode(MessageWriter w) {
        if (message != null) {
            w.putString(MSG, message);
        }
        if (offset >= 0) {
            w.putU32(OFFS, offset);
        }
        if (cookie != null) {
            w.putBytes(COOKIE, cookie);
        }
        if (missingType >= 0) {
            w.putU32(MISS_TYPE, missingType);
        }
        if (missingNest >= 0) {
            w.putU32(MISS_NEST, missingNest);
        }
    }

    /**
     * The addition to an error's text, in one line; empty if there is nothing to add. The offset is
     * that of the request's message, as the kernel counts it.
     */
    String describe() {
        StringBuilder text = new StringBuilder();
        if (message != null) {
            text.append(": \"").append(Printable.oneLine(message)).append('"');
        }
        if (offset >= 0) {
            text.append(" at byte ").append(offset);
        }
        if (missingType >= 0) {
            text.append(", attribute ").append(missingType).append(" is missing");
            if (missingNest >= 0) {
                text.append(" in the nest at byte ").append(missingNest);
            }
        }
        if (policy != null) {
            text.append(", must be ").append(policy);
        }
        return text.toString();
    }
}
