package io.odp4j.upcall.repl;

import io.odp4j.upcall.control.ControlException;
import java.io.IOException;

/** Shows an answer again and again, until it is told to stop. */
@FunctionalInterface
public interface Watch {
    /** Gets the answer anew. */
    @FunctionalInterface
    interface Question {
        String ask() throws IOException, ControlException, InterruptedException;
    }

    /**
     * Shows it.
     *
     * @param title what is asked
     * @param seconds the pause between two answers
     */
    void run(String title, double seconds, Question question)
            throws IOException, ControlException, InterruptedException;
}
