package io.odp4j.upcall.cli;

import java.util.List;

/**
 * Brings further commands into {@code odp4j}: found by {@link java.util.ServiceLoader} on the class
 * path, so that a module above this one can have commands of its own.
 */
public interface CommandProvider {
    /** Objects that picocli takes for commands; of a name that is taken, the first one counts. */
    List<Object> commands();
}
