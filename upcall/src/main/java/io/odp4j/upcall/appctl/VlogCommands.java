package io.odp4j.upcall.appctl;

import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * {@code vlog/list} and {@code vlog/set}: how much each class of odp4j logs, by its name without
 * the package, in the levels of Open vSwitch. There is one destination, the console.
 */
final class VlogCommands {
    private static final String ROOT = "io.odp4j";
    private static final Map<String, Level> LEVELS =
            Map.of(
                    "off", Level.OFF,
                    "emer", Level.SEVERE,
                    "err", Level.SEVERE,
                    "warn", Level.WARNING,
                    "info", Level.INFO,
                    "dbg", Level.FINE);

    /** The log manager forgets a logger, and its level, that nobody holds. */
    private final Map<String, Logger> held = new ConcurrentHashMap<>();

    void addTo(CommandTable table) {
        table.add(new ControlCommand("vlog/list", "", 0, 0, arguments -> list()));
        table.add(
                new ControlCommand(
                        "vlog/set",
                        "[MODULE:][console:]LEVEL ...",
                        1,
                        Integer.MAX_VALUE,
                        this::set));
    }

    /** odp4j's loggers, by the name that they have here. */
    private static SortedMap<String, Logger> modules() {
        SortedMap<String, Logger> modules = new TreeMap<>();
        LogManager manager = LogManager.getLogManager();
        for (String name : Collections.list(manager.getLoggerNames())) {
            Logger logger = manager.getLogger(name);
            if (logger != null && name.startsWith(ROOT + ".")) {
                modules.put(name.substring(name.lastIndexOf('.') + 1), logger);
            }
        }
        return modules;
    }

    private static String list() {
        StringBuilder text =
                new StringBuilder("                 console\n                 -------\n");
        modules()
                .forEach(
                        (name, logger) ->
                                text.append(String.format("%-16s %7s%n", name, level(logger))));
        return text.toString();
    }

    private static String level(Logger logger) {
        Logger told = logger;
        while (told.getLevel() == null && told.getParent() != null) {
            told = told.getParent();
        }
        int value = told.getLevel() == null ? Level.INFO.intValue() : told.getLevel().intValue();
        if (value == Level.OFF.intValue()) {
            return "OFF";
        }
        return value >= Level.SEVERE.intValue()
                ? "ERR"
                : value >= Level.WARNING.intValue()
                        ? "WARN"
                        : value >= Level.INFO.intValue() ? "INFO" : "DBG";
    }

    private String set(List<String> specifications) throws ControlException {
        List<Runnable> changes = new ArrayList<>();
        for (String specification : specifications) {
            changes.add(change(specification));
        }
        changes.forEach(Runnable::run);
        return "";
    }

    private Runnable change(String specification) throws ControlException {
        Level level = Level.FINE;
        Logger module = null;
        SortedMap<String, Logger> modules = modules();
        for (String word : specification.split("[\\s:,]+")) {
            String lower = word.toLowerCase(Locale.ROOT);
            Logger named = find(modules, word);
            if (LEVELS.containsKey(lower)) {
                level = LEVELS.get(lower);
            } else if (lower.equals("syslog") || lower.equals("file")) {
                throw new ControlException("odp4j logs to the console alone");
            } else if (named != null) {
                module = named;
            } else if (!lower.equals("any") && !lower.equals("console")) {
                throw new ControlException("no destination, level, or module \"" + word + "\"");
            }
        }
        Level to = level;
        Logger one = module;
        return () -> {
            if (one != null) {
                assign(one, to);
            } else {
                modules.values().forEach(logger -> logger.setLevel(null));
                assign(Logger.getLogger(ROOT), to);
            }
        };
    }

    private static Logger find(SortedMap<String, Logger> modules, String word) {
        for (Map.Entry<String, Logger> module : modules.entrySet()) {
            if (module.getKey().equalsIgnoreCase(word)) {
                return module.getValue();
            }
        }
        return null;
    }

    private void assign(Logger logger, Level level) {
        held.put(logger.getName(), logger);
        logger.setLevel(level);
    }
}
