package io.odp4j.upcall.cli;

/** The logging binding's settings; to be made before the first logger is asked for. */
final class Logging {
    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logging() {}

    static void configure(boolean verbose) {
        set("logFile", "System.err");
        set("showThreadName", "false");
        set("showShortLogName", "true");
        set("showDateTime", "true");
        set("dateTimeFormat", "HH:mm:ss.SSS");
        set("defaultLogLevel", verbose ? "debug" : "info");
    }

    private static void set(String key, String value) {
        if (System.getProperty(PREFIX + key) == null) {
            System.setProperty(PREFIX + key, value);
        }
    }
}
