package io.odp4j.datapath.netlink;

/** A message being written is longer than its buffer, or than a length field can say. */
public final class MessageOverflowException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public MessageOverflowException(String what) {
        super(what);
    }
}
