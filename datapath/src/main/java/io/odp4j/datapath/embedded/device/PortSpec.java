package io.odp4j.datapath.embedded.device;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A port as a line of text names it: {@code [NAME=]KIND[:WORD]} or {@code [NAME=]KIND:KEY=VALUE,…}.
 *
 * <pre>
 *   tap:NAME                                a tap device, made for it
 *   packet:IF                               a network interface, through a packet socket
 *   pcap:in=FILE,out=FILE,speed=max|real    capture files, in or out or both
 *   NAME=pipe:PEER                          one end of a pipe; the other is PEER=pipe:NAME
 *   gen:flows=N,size=N,rate=N|max,count=N   a generator of UDP frames; what comes back is gone
 *   sink                                    takes everything
 * </pre>
 *
 * @param name of the device; 1 to 15 bytes, as an interface's
 * @param kind what it is
 * @param word what stands behind the colon, where that is one word; else empty
 * @param options the keys behind the colon
 */
public record PortSpec(String name, Kind kind, String word, Map<String, String> options) {
    /** What a port can be. */
    public enum Kind {
        TAP(true, Set.of()),
        PACKET(true, Set.of()),
        PCAP(false, Set.of("in", "out", "speed")),
        PIPE(true, Set.of()),
        GEN(false, Set.of("flows", "size", "rate", "count")),
        SINK(false, Set.of());

        private final boolean takesWord;
        private final Set<String> keys;

        Kind(boolean takesWord, Set<String> keys) {
            this.takesWord = takesWord;
            this.keys = keys;
        }

        String label() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The syntax, for a help text. */
    public static final String SYNTAX =
            "[NAME=]tap:IF, packet:IF, pcap:in=FILE,out=FILE,speed=max|real, pipe:PEER,"
                    + " gen:flows=N,size=N,rate=N|max,count=N or sink";

    private static final int LONGEST_NAME = 15;

    /** Whether a text is a port's, and not just the name of a device. */
    public static boolean isSpec(String text) {
        return text.contains(":") || text.contains("=") || text.equals("sink");
    }

    /**
     * Reads a port's text.
     *
     * @param number stands in the name of one that has none of its own
     * @throws IllegalArgumentException saying what is wrong with it
     */
    public static PortSpec parse(String text, int number) {
        int colon = text.indexOf(':');
        int equals = text.indexOf('=');
        boolean named = equals >= 0 && (colon < 0 || equals < colon);
        String rest = named ? text.substring(equals + 1) : text;
        colon = rest.indexOf(':');
        String label = colon < 0 ? rest : rest.substring(0, colon);
        String behind = colon < 0 ? "" : rest.substring(colon + 1);
        Kind kind = kind(text, label);
        String word = "";
        Map<String, String> options = Map.of();
        if (kind.takesWord) {
            word = behind;
            require(!word.isEmpty(), text, "a name is missing behind " + label + ":");
        } else {
            options = options(text, kind, behind);
        }
        String name = label + number;
        if (named) {
            name = text.substring(0, equals);
        } else if (kind == Kind.TAP || kind == Kind.PACKET) {
            name = word;
        }
        require(kind != Kind.PIPE || named, text, "a pipe has a name: NAME=pipe:PEER");
        require(
                !name.isEmpty() && name.length() <= LONGEST_NAME && !name.contains("/"),
                text,
                "'" + name + "' cannot be a device's name");
        return new PortSpec(name, kind, word, options);
    }

    private static Kind kind(String text, String label) {
        for (Kind kind : Kind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "port '" + text + "': '" + label + "' is no kind of port; it is " + SYNTAX);
    }

    private static Map<String, String> options(String text, Kind kind, String behind) {
        Map<String, String> options = new LinkedHashMap<>();
        for (String part : behind.isEmpty() ? new String[0] : behind.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? part : part.substring(0, equals);
            require(
                    equals > 0 && kind.keys.contains(key),
                    text,
                    "'" + part + "' is no option of " + kind.label());
            require(
                    options.put(key, part.substring(equals + 1)) == null,
                    text,
                    key + " is there twice");
        }
        return options;
    }

    private static void require(boolean condition, String text, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException("port '" + text + "': " + otherwise);
        }
    }

    /** An option that is a number within bounds; {@code max} stands for {@code forMax}. */
    long number(String key, long absent, long least, long most, long forMax) {
        String value = options.get(key);
        if (value == null) {
            return absent;
        }
        if (value.equals("max") && forMax >= 0) {
            return forMax;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as one out of its bounds.
        }
        throw new IllegalArgumentException(
                "port '" + this + "': " + key + " is a number from " + least + " to " + most);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(name + "=" + kind.label());
        char before = ':';
        if (!word.isEmpty()) {
            text.append(before).append(word);
        }
        for (Map.Entry<String, String> option : options.entrySet()) {
            text.append(before).append(option.getKey()).append('=').append(option.getValue());
            before = ',';
        }
        return text.toString();
    }
}
