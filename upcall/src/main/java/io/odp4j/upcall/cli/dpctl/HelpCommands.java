package io.odp4j.upcall.cli.dpctl;

import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Commands about the commands. */
final class HelpCommands {
    private HelpCommands() {}

    /** A command's arguments, as its synopsis has them. */
    static String usage(String name, CommandLine command) {
        String synopsis = command.getCommandSpec().usageMessage().customSynopsis()[0];
        return synopsis.substring(synopsis.indexOf(name) + name.length()).strip();
    }

    /** {@code help}. */
    @Command(
            name = "help",
            customSynopsis = "odp4j dpctl help",
            description = "Prints the options and commands.")
    static final class Help extends Task {
        @Override
        int run(Output out) throws IOException {
            requireWords(0, 0);
            StringWriter text = new StringWriter();
            spec.parent().commandLine().usage(new PrintWriter(text, true));
            String help = text.toString().stripTrailing();
            if (options.json) {
                out.object(json -> json.writeStringField("help", help));
            } else {
                out.line(help);
            }
            return 0;
        }
    }

    /** {@code list-commands}. */
    @Command(
            name = "list-commands",
            customSynopsis = "odp4j dpctl list-commands",
            description = "Lists the commands with their arguments.")
    static final class ListCommands extends Task {
        @Override
        int run(Output out) throws IOException {
            requireWords(0, 0);
            if (!options.json) {
                out.line("The available commands are:");
            }
            for (Map.Entry<String, CommandLine> command : spec.parent().subcommands().entrySet()) {
                String name = command.getKey();
                String usage = usage(name, command.getValue());
                if (options.json) {
                    out.object(
                            json -> {
                                json.writeStringField("command", name);
                                json.writeStringField("arguments", usage);
                            });
                } else {
                    out.format("  %-23s %s", name, usage);
                }
            }
            return 0;
        }
    }
}
