package io.odp4j.datapath.embedded.conntrack;

/** A TCP segment's numbers, read from a packet. Used over and over. */
final class TcpSegment {
    static final int HEADER = 20;

    // Kinds, by flags: the first that fits.
    static final int SYN = 0;
    static final int SYN_ACK = 1;
    static final int FIN = 2;
    static final int ACK = 3;
    static final int RST = 4;
    static final int NOTHING = 5;

    private static final int FIN_BIT = 1;
    private static final int SYN_BIT = 1 << 1;
    private static final int RST_BIT = 1 << 2;
    private static final int ACK_BIT = 1 << 4;
    private static final int URG_BIT = 1 << 5;

    private static final int OPTION_NOP = 1;
    private static final int OPTION_WINDOW_SCALE = 3;
    private static final int OPTION_SACK_PERMITTED = 4;
    private static final int OPTION_SACK = 5;
    private static final int SACK_BLOCK = 8;
    private static final int MOST_SCALE = 14;

    private IpPacket packet;
    private int options;
    private int optionsEnd;
    private int flags;
    int kind;
    int seq;
    int ack;
    int window;

    /** Sequence number after the segment. */
    int end;

    boolean hasSyn() {
        return (flags & SYN_BIT) != 0;
    }

    boolean hasAck() {
        return (flags & ACK_BIT) != 0;
    }

    boolean hasRst() {
        return (flags & RST_BIT) != 0;
    }

    /** Reads a segment; false if it is cut short, or its checksum or flags are wrong. */
    boolean wrap(IpPacket from) {
        packet = from;
        int at = from.transport;
        if (!from.has(HEADER)) {
            return false;
        }
        int length = (from.u8(at + 12) >>> 4) * 4;
        if (length < HEADER || !from.has(length) || !from.isChecksumRight()) {
            return false;
        }
        flags = from.u8(at + 13);
        if (!areFlagsRight(flags & (FIN_BIT | SYN_BIT | RST_BIT | ACK_BIT | URG_BIT))) {
            return false;
        }
        options = at + HEADER;
        optionsEnd = at + length;
        seq = from.be32(at + 4);
        ack = from.be32(at + 8);
        window = from.be16(at + 14);
        boolean fin = (flags & FIN_BIT) != 0;
        end = seq + (from.end - at - length) + (hasSyn() ? 1 : 0) + (fin ? 1 : 0);
        if (hasRst()) {
            kind = RST;
        } else if (hasSyn()) {
            kind = hasAck() ? SYN_ACK : SYN;
        } else if (fin) {
            kind = FIN;
        } else {
            kind = hasAck() ? ACK : NOTHING;
        }
        return true;
    }

    private static boolean areFlagsRight(int flags) {
        return switch (flags) {
            case SYN_BIT,
                    SYN_BIT | URG_BIT,
                    SYN_BIT | ACK_BIT,
                    RST_BIT,
                    RST_BIT | ACK_BIT,
                    FIN_BIT | ACK_BIT,
                    FIN_BIT | ACK_BIT | URG_BIT,
                    ACK_BIT,
                    ACK_BIT | URG_BIT ->
                    true;
            default -> false;
        };
    }

    /** Notes what a SYN's options say of its side; one without options changes nothing. */
    void readOptions(TcpState.Side side) {
        if (options == optionsEnd) {
            return;
        }
        side.scale = 0;
        side.flags &= TcpState.LIBERAL;
        for (int at = options; at < optionsEnd; ) {
            int option = packet.u8(at);
            if (option == OPTION_NOP) {
                at++;
                continue;
            }
            int length = optionLength(at);
            if (length == 0) {
                return;
            }
            if (option == OPTION_SACK_PERMITTED && length == 2) {
                side.flags |= TcpState.SACK_PERMITTED;
            } else if (option == OPTION_WINDOW_SCALE && length == 3) {
                side.scale = Math.min(packet.u8(at + 2), MOST_SCALE);
                side.flags |= TcpState.WINDOW_SCALE;
            }
            at += length;
        }
    }

    /** The highest number acknowledged: by the header, or by a block of a SACK option. */
    int highestAck() {
        int highest = ack;
        for (int at = options; at < optionsEnd; ) {
            int option = packet.u8(at);
            if (option == OPTION_NOP) {
                at++;
                continue;
            }
            int length = optionLength(at);
            if (length == 0) {
                return highest;
            }
            if (option == OPTION_SACK && length > 2 && (length - 2) % SACK_BLOCK == 0) {
                for (int block = at + 2; block < at + length; block += SACK_BLOCK) {
                    int right = packet.be32(block + 4);
                    highest = right - highest > 0 ? right : highest;
                }
                return highest;
            }
            at += length;
        }
        return highest;
    }

    /** The length of the option there; 0 if it is the end, or nonsense. */
    private int optionLength(int at) {
        if (packet.u8(at) == 0 || optionsEnd - at < 2) {
            return 0;
        }
        int length = packet.u8(at + 1);
        return length < 2 || length > optionsEnd - at ? 0 : length;
    }
}
