package io.odp4j.upcall.cli.nl;

import io.odp4j.datapath.family.KnownFamilies;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import io.odp4j.upcall.cli.spec.SpecFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Makes the commands of declared families: one for each family, below it one for each operation.
 */
public final class NlCommands {
    private static final String SPEC = "--spec";

    private static final List<FamilySpec> SHORT =
            List.of(
                    RtnetlinkFamilies.LINK,
                    RtnetlinkFamilies.ADDRESS,
                    RtnetlinkFamilies.ROUTE,
                    RtnetlinkFamilies.NEXT_HOP,
                    RtnetlinkFamilies.NEIGHBOUR,
                    RtnetlinkFamilies.RULE);

    private NlCommands() {}

    /**
     * Adds {@code nl} and the short forms to the program's commands.
     *
     * @param arguments of the program: a specification that they name becomes a family too, in the
     *     place of the built-in one of its name
     * @throws io.odp4j.upcall.cli.UsageException if that cannot be read
     */
    public static void addTo(CommandLine odp4j, String... arguments) {
        CommandSpec nl = spec(new Group(), "nl", "Speaks any netlink family that is declared.");
        nl.addOption(
                OptionSpec.builder(SPEC)
                        .type(Path.class)
                        .paramLabel("FILE")
                        .description(
                                "Speaks the family of a YAML specification too, in the form of the"
                                        + " kernel's Documentation/netlink/specs.")
                        .build());
        Map<String, FamilySpec> families = new LinkedHashMap<>();
        KnownFamilies.all().forEach(family -> families.put(family.name(), family));
        specification(arguments)
                .map(SpecFile::read)
                .ifPresent(family -> families.put(family.name(), family));
        families.forEach((name, family) -> nl.addSubcommand(name, family(family)));
        nl.addSubcommand("decode", new CommandLine(new DecodeCommand()));
        odp4j.addSubcommand("nl", nl);
        for (FamilySpec family : SHORT) {
            CommandSpec command = family(family);
            command.addSubcommand("show", show(family));
            odp4j.addSubcommand(family.name(), command);
        }
    }

    /** The file that stands behind {@code nl --spec}. */
    private static Optional<Path> specification(String... arguments) {
        List<String> words = List.of(arguments);
        int nl = words.indexOf("nl");
        for (int i = nl + 1; nl >= 0 && i < words.size(); i++) {
            if (words.get(i).startsWith(SPEC + "=")) {
                return Optional.of(Path.of(words.get(i).substring(SPEC.length() + 1)));
            }
            if (words.get(i).equals(SPEC) && i + 1 < words.size()) {
                return Optional.of(Path.of(words.get(i + 1)));
            }
        }
        return Optional.empty();
    }

    /** The commands of one family. */
    static CommandSpec family(FamilySpec family) {
        CommandSpec spec = spec(new FamilyCommand(family), family.name(), family.doc());
        if (!family.groups().isEmpty()) {
            addMonitor(spec, family);
        }
        spec.addOption(json());
        for (OperationSpec operation : family.operations()) {
            if (operation.is(OperationSpec.Use.DO) || operation.is(OperationSpec.Use.DUMP)) {
                spec.addSubcommand(operation.name(), operation(family, operation));
            }
        }
        return spec;
    }

    private static void addMonitor(CommandSpec spec, FamilySpec family) {
        spec.addOption(flag("--monitor", "Prints what the family tells, until it is stopped."));
        spec.addOption(
                OptionSpec.builder("--group")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel("NAME")
                        .description(
                                "With --monitor: these multicast groups alone, of "
                                        + String.join(", ", family.groups().keySet()))
                        .build());
        spec.addOption(
                flag("--all-nsid", "With --monitor: of every network namespace with an id here."));
    }

    private static CommandSpec show(FamilySpec family) {
        OperationSpec get = family.operation("get").orElseThrow();
        CommandSpec spec =
                spec(
                        new ShowCommand(family),
                        "show",
                        "Lists all; with --json in the field names of ip -j.");
        spec.addOption(json());
        spec.addPositional(fields());
        spec.usageMessage().footer(FieldHelp.of(get.table()));
        return spec;
    }

    private static PositionalParamSpec fields() {
        return PositionalParamSpec.builder()
                .paramLabel("field=value")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .index("0..*")
                .description(
                        "A field below, parts with points: linkinfo.kind=vxlan. Where a field is an"
                                + " interface index, a link's name will do.")
                .build();
    }

    private static CommandSpec operation(FamilySpec family, OperationSpec operation) {
        CommandSpec spec =
                spec(new OperationCommand(family, operation), operation.name(), operation.doc());
        spec.addOption(json());
        if (operation.is(OperationSpec.Use.DO) && operation.is(OperationSpec.Use.DUMP)) {
            spec.addOption(flag("--dump", "Lists all that the fields let through."));
        }
        spec.addOption(
                OptionSpec.builder("--flags")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .splitRegex(",")
                        .paramLabel("FLAG")
                        .description(
                                "Flags of the request instead of its own: "
                                        + String.join(", ", RequestFlags.names()))
                        .build());
        spec.addPositional(fields());
        spec.usageMessage().footer(FieldHelp.of(operation.table()));
        return spec;
    }

    private static CommandSpec spec(NlCommand command, String name, String doc) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command);
        spec.name(name).mixinStandardHelpOptions(true);
        spec.usageMessage().description(doc);
        command.accept(spec);
        return spec;
    }

    private static OptionSpec flag(String name, String doc) {
        return OptionSpec.builder(name).type(boolean.class).description(doc).build();
    }

    private static OptionSpec json() {
        return flag("--json", "One JSON object a line.");
    }

    /** A command that has others below it and does nothing itself. */
    private static final class Group extends NlCommand {
        @Override
        int run(JsonLines out) {
            throw new CommandLine.ParameterException(commandLine(), "a family is missing");
        }
    }
}
