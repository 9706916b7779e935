package io.odp4j.datapath.flow.text;

/**
 * A text that is no flow key, action list, filter or packet: what was expected, and where.
 *
 * <p>The message shows the text with a caret under the offending place:
 *
 * <pre>
 * expected src=, dst= or ')' at column 16
 * in_port(1),eth(sorc=00:01:02:03:04:05)
 *                ^
 * </pre>
 */
public final class FlowSyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Of a long text only what surrounds the place is shown. */
    private static final int CONTEXT = 60;

    private final String text;
    private final int offset;
    private final String expected;

    /**
     * Says what is wrong.
     *
     * @param text the whole of it
     * @param offset from 0 to its length
     * @param expected what would have been right there
     */
    public FlowSyntaxException(String text, int offset, String expected) {
        super(render(text, offset, expected));
        this.text = text;
        this.offset = offset;
        this.expected = expected;
    }

    /** The whole text that was read. */
    public String text() {
        return text;
    }

    /** Index of the character at which reading stopped; the text's length at its end. */
    public int offset() {
        return offset;
    }

    /** What would have been right there. */
    public String expected() {
        return expected;
    }

    private static String render(String text, int offset, String expected) {
        int from = Math.max(0, offset - CONTEXT);
        int to = Math.min(text.length(), offset + CONTEXT);
        StringBuilder out = new StringBuilder(2 * CONTEXT + expected.length() + 80);
        out.append("expected ").append(expected).append(" at column ").append(offset + 1);
        out.append('\n').append(from > 0 ? "..." : "");
        for (int i = from; i < to; i++) {
            // One column each, so that the caret stands where it should.
            char c = text.charAt(i);
            out.append(Character.isISOControl(c) ? ' ' : c);
        }
        out.append(to < text.length() ? "..." : "").append('\n');
        out.append(" ".repeat(offset - from + (from > 0 ? 3 : 0))).append('^');
        return out.toString();
    }
}
