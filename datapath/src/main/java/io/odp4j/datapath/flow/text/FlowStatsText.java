package io.odp4j.datapath.flow.text;

/** A flow's statistics as dumps print them: {@code packets:3, bytes:294, used:0.504s, flags:S.}. */
public final class FlowStatsText {
    /** For {@code idleMillis}: the flow was never used. */
    public static final long NEVER = -1;

    private FlowStatsText() {}

    /**
     * Appends statistics.
     *
     * @param idleMillis how long ago the flow was last used, or {@link #NEVER}
     * @param tcpFlags all TCP flags seen; none are printed where there were none
     */
    public static void format(
            StringBuilder out, long packets, long bytes, long idleMillis, int tcpFlags) {
        counter(out.append("packets:"), packets);
        counter(out.append(", bytes:"), bytes);
        out.append(", used:");
        if (idleMillis < 0) {
            out.append("never");
        } else {
            out.append(idleMillis / 1000).append('.');
            long millis = idleMillis % 1000;
            out.append(millis < 10 ? "00" : millis < 100 ? "0" : "").append(millis).append('s');
        }
        if (tcpFlags != 0) {
            out.append(", flags:");
            tcpFlags(out, tcpFlags);
        }
    }

    private static void counter(StringBuilder out, long value) {
        if (value >= 0) {
            out.append(value);
        } else {
            out.append(Long.toUnsignedString(value));
        }
    }

    /** The letters that tcpdump uses, and those of the newer flags. */
    private static void tcpFlags(StringBuilder out, int flags) {
        out.append((flags & 0x02) != 0 ? "S" : "");
        out.append((flags & 0x01) != 0 ? "F" : "");
        out.append((flags & 0x08) != 0 ? "P" : "");
        out.append((flags & 0x04) != 0 ? "R" : "");
        out.append((flags & 0x20) != 0 ? "U" : "");
        out.append((flags & 0x10) != 0 ? "." : "");
        out.append((flags & 0x40) != 0 ? "E" : "");
        out.append((flags & 0x80) != 0 ? "C" : "");
        out.append((flags & 0x100) != 0 ? "N" : "");
        out.append((flags & 0x200) != 0 ? "[200]" : "");
        out.append((flags & 0x400) != 0 ? "[400]" : "");
        out.append((flags & 0x800) != 0 ? "[800]" : "");
    }
}
