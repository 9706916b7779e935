package io.odp4j.upcall.cli.nl;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** A command that is made from a declaration, and reads its options by their names. */
abstract class NlCommand implements Callable<Integer> {
    private CommandSpec spec;

    final void accept(CommandSpec own) {
        spec = own;
    }

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    final boolean has(String option) {
        return spec.optionsMap().containsKey(option)
                && Boolean.TRUE.equals(spec.optionsMap().get(option).getValue());
    }

    /** What was given with an option, or the words behind; null for nothing. */
    @SuppressWarnings("unchecked")
    final List<String> words(String option) {
        return option == null
                ? spec.positionalParameters().get(0).getValue()
                : (List<String>) spec.optionsMap().get(option).getValue();
    }

    @Override
    public final Integer call() throws Exception {
        try (JsonLines out = new JsonLines(System.out, has("--json"))) {
            return run(out);
        }
    }

    /**
     * Does the work.
     *
     * @return the exit status
     */
    abstract int run(JsonLines out) throws Exception;
}
