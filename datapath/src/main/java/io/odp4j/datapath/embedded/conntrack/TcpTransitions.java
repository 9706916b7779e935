package io.odp4j.datapath.embedded.conntrack;

/**
 * The states of TCP connections, as {@code nf_conntrack_proto_tcp.c} has them: what becomes of a
 * state with a segment of a kind in one of the two directions.
 */
final class TcpTransitions {
    /**
     * A letter for each state and for what is none, in the order of {@link TcpState}'s constants:
     * no state, SYN sent, SYN received, established, FIN wait, close wait, last ACK, time wait,
     * closed, second SYN; ignore; invalid.
     */
    private static final String LETTERS = "nsrefwltc2i-";

    /** For each kind of segment what it makes of the states n s r e f w l t c 2. */
    private static final String[] ORIGINAL = {
        "ssiiiiiss2", // SYN
        "--r------r", // SYN and ACK
        "--ffllltc-", // FIN
        "e-eewwttc-", // ACK
        "-ccccccccc", // RST
        "----------",
    };

    private static final String[] REPLY = {
        "-2-----s-2", // SYN
        "-riiiiiiir", // SYN and ACK
        "--ffllltc-", // FIN
        "-irewwttci", // ACK
        "-ccccccccc", // RST
        "----------",
    };

    private static final byte[] NEXT = new byte[2 * 6 * 16];

    static {
        fill(0, ORIGINAL);
        fill(6 * 16, REPLY);
    }

    private TcpTransitions() {}

    private static void fill(int from, String[] rows) {
        for (int kind = 0; kind < rows.length; kind++) {
            for (int state = 0; state < rows[kind].length(); state++) {
                int next = LETTERS.indexOf(rows[kind].charAt(state));
                NEXT[from + kind * 16 + state] = (byte) next;
            }
        }
    }

    /** The state that follows, or {@link TcpState#IGNORE} or {@link TcpState#INVALID}. */
    static int next(boolean reply, int kind, int state) {
        return NEXT[(reply ? 6 * 16 : 0) + kind * 16 + state];
    }
}
