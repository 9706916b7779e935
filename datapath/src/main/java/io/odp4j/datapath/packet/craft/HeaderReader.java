package io.odp4j.datapath.packet.craft;

import io.odp4j.datapath.flow.text.FlowSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes a text apart: headers in their order, and what is known of a packet beside its bytes. */
final class HeaderReader {
    private static final Set<String> METADATA =
            Set.of(
                    "in_port",
                    "recirc_id",
                    "dp_hash",
                    "skb_priority",
                    "skb_mark",
                    "tunnel",
                    "ct_state",
                    "ct_zone",
                    "ct_mark",
                    "ct_label",
                    "ct_tuple4",
                    "ct_tuple6");

    /** An attribute of a key that has no text form: its bytes. */
    private static final Pattern UNKNOWN = Pattern.compile("key\\d+");

    private static final Pattern ZEROS = Pattern.compile("[0 ]*");

    private final String text;
    private final List<PacketHeader> headers = new ArrayList<>();
    private final StringBuilder metadata = new StringBuilder();
    private int at;
    private int open;

    HeaderReader(String text) {
        this.text = text;
    }

    List<PacketHeader> headers() {
        return headers;
    }

    /** The metadata as it stands in the text, but with blanks where other headers are. */
    String metadata() {
        return metadata.toString();
    }

    HeaderReader read() {
        for (delimiters(); at < text.length() && !behindKey(); delimiters()) {
            if (open > 0 && text.charAt(at) == ')') {
                open--;
                at++;
            } else {
                item();
            }
        }
        if (open > 0) {
            throw error(at, "')'");
        }
        return this;
    }

    private void delimiters() {
        while (at < text.length() && ", \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** Behind the key of a flow that was dumped stand its counters and actions. */
    private boolean behindKey() {
        return text.startsWith("packets:", at) || text.startsWith("actions:", at);
    }

    private void item() {
        int start = at;
        if (text.startsWith("ufid:", at)) {
            while (at < text.length() && ", ".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return;
        }
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw error(start, "a header, such as eth(…) or udp(…)");
        }
        if (at == text.length() || text.charAt(at) != '(') {
            throw error(at, "'('");
        }
        at++;
        if (name.equals("encap")) {
            open++;
        } else if (METADATA.contains(name)) {
            int inside = at;
            balanced();
            while (metadata.length() < start) {
                metadata.append(' ');
            }
            // A flow's key has in_port() and the like where nothing of it matters.
            metadata.append(at > inside + 1 ? text.substring(start, at) : "");
        } else if (UNKNOWN.matcher(name).matches()) {
            int inside = at;
            balanced();
            if (!ZEROS.matcher(text.substring(inside, at - 1)).matches()) {
                throw error(start, "a header that is known");
            }
        } else {
            headers.add(new PacketHeader(text, name, start, arguments()));
        }
    }

    private static boolean isName(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    /** Moves behind the parenthesis that closes the one before. */
    private void balanced() {
        for (int depth = 1; depth > 0; at++) {
            if (at == text.length()) {
                throw error(at, "')'");
            }
            char c = text.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        }
    }

    private List<PacketHeader.Argument> arguments() {
        List<PacketHeader.Argument> arguments = new ArrayList<>();
        while (true) {
            delimiters();
            if (at == text.length()) {
                throw error(at, "')'");
            }
            if (text.charAt(at) == ')') {
                at++;
                return arguments;
            }
            arguments.add(argument());
        }
    }

    private PacketHeader.Argument argument() {
        int start = at;
        while (at < text.length() && isName(text.charAt(at))) {
            at++;
        }
        String name = "";
        if (at > start && at < text.length() && text.charAt(at) == '=') {
            name = text.substring(start, at);
            at++;
        } else {
            at = start;
        }
        int valueAt = at;
        return new PacketHeader.Argument(name, value(), start, valueAt);
    }

    /** The value, with its quotes if it has them. */
    private String value() {
        int start = at;
        if (at < text.length() && text.charAt(at) == '"') {
            int end = text.indexOf('"', at + 1);
            if (end < 0) {
                throw error(at, "this quote closed");
            }
            at = end + 1;
            return text.substring(start, at);
        }
        while (at < text.length() && ",() \t\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw error(at, "a value");
        }
        return text.substring(start, at);
    }

    private FlowSyntaxException error(int offset, String expected) {
        return new FlowSyntaxException(text, offset, expected);
    }
}
