package io.odp4j.upcall.repl;

import io.odp4j.upcall.control.ControlException;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;

/** Whom the REPL asks. */
public interface Target extends AutoCloseable {
    /** What the prompt shows. */
    String name();

    /** The commands it knows, each with its arguments. */
    SortedMap<String, String> commands() throws IOException, ControlException, InterruptedException;

    /**
     * Runs a command and returns its answer.
     *
     * @throws ControlException if the answer is an error
     * @throws IOException if the target is out of reach
     */
    String run(String command, List<String> arguments)
            throws IOException, ControlException, InterruptedException;

    /** Gives up the command that runs; from any thread. */
    void cancel();

    @Override
    void close() throws IOException;
}
