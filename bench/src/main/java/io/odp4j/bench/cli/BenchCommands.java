package io.odp4j.bench.cli;

import io.odp4j.upcall.cli.CommandProvider;
import java.util.List;

/** Brings {@code odp4j bench} into the command. */
public final class BenchCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new BenchCommand());
    }
}
