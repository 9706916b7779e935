package io.odp4j.upcall.control;

import java.util.List;

/**
 * A command that the control socket offers.
 *
 * @param name as {@code fdb/show}
 * @param usage its arguments, as {@code list-commands} shows them
 * @param least the fewest arguments
 * @param most the most arguments
 * @param body what it does
 */
public record ControlCommand(String name, String usage, int least, int most, Body body) {

    /** What a command does. */
    @FunctionalInterface
    public interface Body {
        /**
         * Answers; runs on the connection's thread, and beside other commands.
         *
         * @throws ControlException if it cannot be done
         */
        String run(List<String> arguments) throws ControlException, InterruptedException;
    }
}
