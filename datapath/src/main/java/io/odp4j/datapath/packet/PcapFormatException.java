package io.odp4j.datapath.packet;

import java.io.IOException;

/** A capture file that is not one, or that is broken: what is wrong, and at which byte. */
public final class PcapFormatException extends IOException {
    private static final long serialVersionUID = 1;

    private final long offset;

    PcapFormatException(String what, long offset) {
        super(what + " at byte " + offset);
        this.offset = offset;
    }

    /** The byte of the file at which the format is broken. */
    public long offset() {
        return offset;
    }
}
