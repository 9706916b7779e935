package io.odp4j.datapath.netlink;

/** Text from a peer made fit for one line of a terminal or a log. */
public final class Printable {
    private Printable() {}

    /** The text with each control character as {@code \\u000a}; itself if it has none. */
    public static String oneLine(String text) {
        int i = 0;
        while (i < text.length() && !Character.isISOControl(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (char c : text.toCharArray()) {
            if (Character.isISOControl(c)) {
                safe.append(String.format("\\u%04x", (int) c));
            } else {
                safe.append(c);
            }
        }
        return safe.toString();
    }
}
