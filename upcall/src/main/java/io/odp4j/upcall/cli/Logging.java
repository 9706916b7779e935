package io.odp4j.upcall.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Logs to standard error, a line a record, by the JDK's own logging: {@code vlog/set} changes its
 * levels while the agent runs. Whoever gives the JDK a configuration keeps it.
 */
final class Logging {
    private static final String CONFIGURATION = "java.util.logging.config.file";

    /** The log manager forgets a logger, and its level, that nobody holds. */
    private static final Logger ODP4J = Logger.getLogger("io.odp4j");

    private Logging() {}

    static void configure(boolean verbose) {
        if (System.getProperty(CONFIGURATION) != null) {
            return;
        }
        Logger root = Logger.getLogger("");
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new StandardError());
        ODP4J.setLevel(verbose ? Level.FINE : Level.INFO);
    }

    /** Whatever standard error is when the record comes. */
    private static final class StandardError extends Handler {
        StandardError() {
            setFormatter(new Line());
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            System.err.print(getFormatter().format(record));
        }

        @Override
        public void flush() {
            System.err.flush();
        }

        @Override
        public void close() {
            flush();
        }
    }

    /** {@code 12:00:01.123 INFO PortKeeper - port 1: eth1}. */
    private static final class Line extends Formatter {
        private static final DateTimeFormatter TIME =
                DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

        @Override
        public String format(LogRecord record) {
            StringBuilder line = new StringBuilder();
            TIME.formatTo(Instant.ofEpochMilli(record.getMillis()), line);
            line.append(' ').append(level(record.getLevel().intValue())).append(' ');
            String name = record.getLoggerName();
            line.append(name.substring(name.lastIndexOf('.') + 1));
            line.append(" - ").append(formatMessage(record)).append('\n');
            if (record.getThrown() != null) {
                StringWriter trace = new StringWriter();
                record.getThrown().printStackTrace(new PrintWriter(trace, true));
                line.append(trace);
            }
            return line.toString();
        }

        private static String level(int level) {
            if (level >= Level.SEVERE.intValue()) {
                return "ERROR";
            }
            return level >= Level.WARNING.intValue()
                    ? "WARN"
                    : level >= Level.INFO.intValue() ? "INFO" : "DEBUG";
        }
    }
}
