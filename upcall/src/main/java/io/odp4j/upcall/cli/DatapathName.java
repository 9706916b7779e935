package io.odp4j.upcall.cli;

/**
 * A datapath as it is named on the command line.
 *
 * @param embedded whether it is one in this process, {@code embedded:NAME}; otherwise it is the
 *     kernel's, {@code NAME} or {@code system:NAME}
 */
record DatapathName(boolean embedded, String name) {
    private static final String EMBEDDED = "embedded:";
    private static final String SYSTEM = "system:";

    static DatapathName parse(String text) {
        boolean embedded = text.startsWith(EMBEDDED);
        String name = text;
        if (embedded) {
            name = text.substring(EMBEDDED.length());
        } else if (text.startsWith(SYSTEM)) {
            name = text.substring(SYSTEM.length());
        }
        if (name.isEmpty() || name.contains(":")) {
            throw new UsageException(
                    "'" + text + "' names no datapath: NAME, system:NAME or embedded:NAME");
        }
        return new DatapathName(embedded, name);
    }
}
