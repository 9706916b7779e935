package io.odp4j.upcall.cli.dpctl;

import io.odp4j.upcall.cli.Output;
import io.odp4j.upcall.cli.UsageException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** One command of {@code odp4j dpctl}. */
abstract class Task implements Callable<Integer> {
    @ParentCommand DpctlCommand options;

    @CommandLine.Spec CommandLine.Model.CommandSpec spec;

    @Parameters(arity = "0..*", hidden = true)
    List<String> words = List.of();

    @Override
    public Integer call() throws Exception {
        if (changes() && options.readOnly) {
            throw new DpctlException(
                    "'" + spec.name() + "' does not work with --read-only: it changes something");
        }
        try (Output out = new Output(options.out())) {
            return run(out);
        }
    }

    /** Whether the command changes anything. */
    boolean changes() {
        return false;
    }

    /**
     * Does the work.
     *
     * @return the exit status
     */
    abstract int run(Output out) throws Exception;

    /** Tells of a failure that does not end the command. */
    void error(String message) {
        options.err().println("odp4j: " + message);
    }

    /** Throws unless there are as many words as the command takes. */
    void requireWords(int least, int most) {
        if (words.size() < least) {
            throw new UsageException(
                    "'" + spec.name() + "' takes at least " + least + plural(least, " argument"));
        }
        if (words.size() > most) {
            throw new UsageException(
                    "'" + spec.name() + "' takes at most " + most + plural(most, " argument"));
        }
    }

    private static String plural(int count, String noun) {
        return count == 1 ? noun : noun + "s";
    }
}
