package io.odp4j.upcall.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is said of arguments that cannot be parsed. */
final class WrongArguments {
    private WrongArguments() {}

    /** One line; of a word that is not known, with what is like it. */
    static String message(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return e.getMessage();
        }
        String word = unmatched.getUnmatched().get(0);
        CommandLine command = e.getCommandLine();
        boolean named = !unmatched.isUnknownOption() && !command.getSubcommands().isEmpty();
        String what =
                named
                        ? command.getCommandSpec().qualifiedName() + " has no command " + word
                        : e.getMessage();
        List<String> alike = unmatched.getSuggestions();
        return alike.isEmpty() ? what : what + "; is it " + String.join(" or ", alike) + "?";
    }
}
