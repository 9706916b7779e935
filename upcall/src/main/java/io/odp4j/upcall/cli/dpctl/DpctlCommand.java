package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.upcall.cli.UsageException;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * {@code odp4j dpctl}: the commands, and the options that may stand before or behind the command's
 * name.
 */
@Command(
        name = "dpctl",
        description = {
            "Looks at datapaths and changes them, as ovs-dpctl does.",
            "A datapath is named as NAME, system:NAME or system@NAME; one that 'odp4j datapath' runs"
                    + " as embedded:NAME. Where one stands in brackets, it may be"
                    + " left out if there is only one."
        },
        subcommands = {
            DatapathCommands.Add.class,
            DatapathCommands.Delete.class,
            PortCommands.Add.class,
            PortCommands.Set.class,
            PortCommands.Delete.class,
            DumpDpsCommand.class,
            ShowCommand.class,
            DumpFlowsCommand.class,
            FlowCommands.Add.class,
            FlowCommands.Modify.class,
            FlowCommands.Get.class,
            FlowCommands.Delete.class,
            FlowFileCommands.Add.class,
            FlowFileCommands.Modify.class,
            FlowFileCommands.Delete.class,
            DatapathCommands.CacheGetSize.class,
            DatapathCommands.CacheSetSize.class,
            CtLimitCommands.Set.class,
            CtLimitCommands.Delete.class,
            CtLimitCommands.Get.class,
            MetersCommand.class,
            FeaturesCommand.class,
            MonitorCommand.class,
            UpcallsCommand.class,
            ExecuteCommand.class,
            ParseCommands.Actions.class,
            NormalizeActionsCommand.class,
            ParseCommands.Flow.class,
            ParsePacketCommand.class,
            HelpCommands.Help.class,
            HelpCommands.ListCommands.class,
        })
public final class DpctlCommand implements Runnable {
    @Option(
            names = {"-s", "--statistics"},
            scope = ScopeType.INHERIT,
            description = "Statistics too: of ports (show), of the flow (mod-flow, del-flow).")
    boolean statistics;

    @Option(
            names = {"-m", "--more"},
            scope = ScopeType.INHERIT,
            description = "More: wildcarded fields, ufids; port names unless --no-names.")
    boolean more;

    @Option(
            names = "--names",
            negatable = true,
            scope = ScopeType.INHERIT,
            description = "Names of ports instead of their numbers, or not.")
    private Boolean names;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "One JSON object a line instead of text; fields in docs/dpctl.md.")
    boolean json;

    @Option(
            names = "--may-create",
            scope = ScopeType.INHERIT,
            description = "mod-flow, mod-flows: add the flow if there is none.")
    boolean mayCreate;

    @Option(
            names = "--clear",
            scope = ScopeType.INHERIT,
            description = "mod-flow, mod-flows: reset the flow's statistics.")
    boolean clear;

    @Option(
            names = "--read-only",
            scope = ScopeType.INHERIT,
            description = "Refuse a command that changes something.")
    boolean readOnly;

    @Option(
            names = {"-t", "--timeout"},
            paramLabel = "SECONDS",
            scope = ScopeType.INHERIT,
            description =
                    "How long the kernel's answer may take; how long monitor and upcalls run.")
    private int timeoutSeconds;

    @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

    private NetlinkEndpoint endpoint = NetlinkEndpoint.KERNEL_GENERIC;
    private PrintStream out = System.out;
    private PrintStream err = System.err;

    /** Where answers go. */
    PrintStream out() {
        return out;
    }

    /** Where is told what went wrong. */
    PrintStream err() {
        return err;
    }

    void setOutput(PrintStream answers, PrintStream errors) {
        out = answers;
        err = errors;
    }

    /** Who is asked, unless a word of the command names another. */
    NetlinkEndpoint endpoint() {
        return endpoint;
    }

    void setEndpoint(NetlinkEndpoint peer) {
        endpoint = peer;
    }

    boolean names() {
        return names == null ? more : names;
    }

    /** 0 for no limit. */
    int timeoutMillis() {
        if (timeoutSeconds < 0 || timeoutSeconds > Integer.MAX_VALUE / 1000) {
            throw new UsageException("a timeout of " + timeoutSeconds + " s");
        }
        return timeoutSeconds * 1000;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
    }
}
