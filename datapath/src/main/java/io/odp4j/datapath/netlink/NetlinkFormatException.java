package io.odp4j.datapath.netlink;

/**
 * A message that does not follow its format: what is wrong, and at which byte of the buffer.
 *
 * <p>It carries no stack trace unless asked to: malformed input can come at line rate, and the
 * offset says more than the stack.
 */
public final class NetlinkFormatException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int offset;

    public NetlinkFormatException(String what, int offset) {
        super(what + " at byte " + offset, null, false, Boolean.getBoolean("odp4j.format.traces"));
        this.offset = offset;
    }

    /** The byte of the buffer at which the format is broken. */
    public int offset() {
        return offset;
    }
}
