package io.odp4j.datapath.rtnetlink.ip;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Names that this machine gives to numbers, in the files of {@code /etc} that {@code ip} reads too:
 * a line holds a number and a name in two of its columns. Read when the first name is asked for; a
 * file that is not there names nothing.
 */
final class SystemNames {
    private static final String BLANKS = "\\s+";

    /** passwd(5). */
    static final SystemNames USERS = new SystemNames("/etc/passwd", ":", 2, 0);

    /** group(5). */
    static final SystemNames GROUPS = new SystemNames("/etc/group", ":", 2, 0);

    /** protocols(5). */
    static final SystemNames PROTOCOLS = new SystemNames("/etc/protocols", BLANKS, 1, 0);

    /** Routing tables, ip-route(8). */
    static final SystemNames TABLES = new SystemNames("/etc/iproute2/rt_tables", BLANKS, 0, 1);

    /** Groups of links, ip-link(8). */
    static final SystemNames LINK_GROUPS = new SystemNames("/etc/iproute2/group", BLANKS, 0, 1);

    /** Realms, ip-route(8). */
    static final SystemNames REALMS = new SystemNames("/etc/iproute2/rt_realms", BLANKS, 0, 1);

    private final Path file;
    private final String separator;
    private final int number;
    private final int name;
    private Map<Long, String> names;

    /**
     * Names in a file.
     *
     * @param separator what stands between columns, a regular expression
     * @param number column of the number, counted from 0
     * @param name column of the name
     */
    SystemNames(String file, String separator, int number, int name) {
        this.file = Path.of(file);
        this.separator = separator;
        this.number = number;
        this.name = name;
    }

    /** The name of a number; null if it has none. */
    synchronized String nameOf(long value) {
        if (names == null) {
            names = read();
        }
        return names.get(value);
    }

    /** The name of a number, or the number. */
    String textOf(long value) {
        String known = nameOf(value);
        return known == null ? Long.toString(value) : known;
    }

    private Map<Long, String> read() {
        Map<Long, String> read = new HashMap<>();
        try {
            for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
                String[] columns = line.replaceFirst("#.*", "").strip().split(separator);
                if (columns.length > Math.max(number, name)) {
                    add(columns, read);
                }
            }
        } catch (IOException e) {
            // Without the file numbers are shown.
            return Map.of();
        }
        return read;
    }

    private void add(String[] columns, Map<Long, String> read) {
        try {
            read.putIfAbsent(Long.decode(columns[number]), columns[name]);
        } catch (NumberFormatException e) {
            // A line that is no entry.
            return;
        }
    }
}
