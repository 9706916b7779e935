package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.FlowStatsText;
import io.odp4j.datapath.flow.text.PortNames;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.FlowMessage;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import picocli.CommandLine.Command;

/** Commands for one flow, and the requests behind them and behind the commands for files. */
final class FlowCommands {
    /** Requests to change the flows of one datapath. */
    static final class Editor {
        private final DpctlCommand options;
        private final Flows flows;
        private final FlowRequests requests;
        private final FlowPrinter printer;
        private final Output out;

        Editor(Session session, Datapath datapath, DpctlCommand options, Output out)
                throws NetlinkException {
            PortNames names = session.names(datapath);
            this.options = options;
            this.flows = session.flows(datapath);
            this.requests = new FlowRequests(names);
            this.printer = new FlowPrinter(options, options.names() ? names : PortNames.NONE, out);
            this.out = out;
        }

        Flows flows() {
            return flows;
        }

        void add(String flow, String actions) throws IOException {
            change(
                    "flow add",
                    FlowAttributes.CMD_NEW,
                    MessageHeader.CREATE | MessageHeader.EXCL,
                    requests.flow(flow, actions),
                    false);
        }

        void modify(String flow, String actions) throws IOException {
            AttributeList request = requests.flow(flow, actions);
            request.putFlag(FlowAttributes.CLEAR, options.clear);
            // NEW without flags replaces what is there.
            int command = options.mayCreate ? FlowAttributes.CMD_NEW : FlowAttributes.CMD_SET;
            change("flow mod", command, 0, request, options.statistics);
        }

        void delete(String flow) throws IOException {
            change(
                    "flow del",
                    FlowAttributes.CMD_DEL,
                    0,
                    requests.flow(flow, false),
                    options.statistics);
        }

        private void change(
                String operation, int command, int flags, AttributeList request, boolean statistics)
                throws IOException {
            try {
                flows.request(operation, command, flags, request, answer(statistics));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        void get(String ufid) throws IOException {
            try {
                flows.get("flow get", requests.flow(ufid, false), printing(printer::print));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }

        private Function<FlowMessage, Void> answer(boolean statistics) {
            return printing(
                    flow -> {
                        if (options.json) {
                            printer.print(flow);
                        } else if (statistics) {
                            print(flow);
                        }
                    });
        }

        private void print(FlowMessage flow) throws IOException {
            long idle =
                    flow.usedMillis() == 0
                            ? FlowStatsText.NEVER
                            : Math.max(0, FlowPrinter.monotonicMillis() - flow.usedMillis());
            FlowStatsText.format(out.text(), flow.packets(), flow.bytes(), idle, flow.tcpFlags());
            out.endLine();
        }
    }

    @FunctionalInterface
    private interface Print {
        void print(FlowMessage flow) throws IOException;
    }

    private FlowCommands() {}

    private static Function<FlowMessage, Void> printing(Print print) {
        return flow -> {
            try {
                print.print(flow);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return null;
        };
    }

    private abstract static class FlowTask extends KernelTask {
        private final int others;

        /**
         * @param others words beside the datapath
         */
        FlowTask(int others) {
            this.others = others;
        }

        @Override
        boolean changes() {
            return true;
        }

        @Override
        final void check() {
            requireWords(others, others + 1);
        }

        @Override
        final int run(Session session, Output out) throws Exception {
            Datapath datapath = session.datapath(words, others);
            String[] rest =
                    words.subList(words.size() - others, words.size()).toArray(new String[0]);
            run(new Editor(session, datapath, options, out), rest);
            return 0;
        }

        abstract void run(Editor editor, String[] rest) throws Exception;
    }

    /** {@code add-flow}. */
    @Command(
            name = "add-flow",
            customSynopsis = "odp4j dpctl add-flow [dp] flow actions",
            description = "Adds a flow.")
    static final class Add extends FlowTask {
        Add() {
            super(2);
        }

        @Override
        void run(Editor editor, String[] rest) throws IOException {
            editor.add(rest[0], rest[1]);
        }
    }

    /** {@code mod-flow}. */
    @Command(
            name = "mod-flow",
            customSynopsis = "odp4j dpctl mod-flow [dp] flow actions",
            description = "Gives a flow other actions.")
    static final class Modify extends FlowTask {
        Modify() {
            super(2);
        }

        @Override
        void run(Editor editor, String[] rest) throws IOException {
            editor.modify(rest[0], rest[1]);
        }
    }

    /** {@code get-flow}. */
    @Command(
            name = "get-flow",
            customSynopsis = "odp4j dpctl get-flow [dp] ufid",
            description = "Prints the flow of a UFID (ufid:01234567-89ab-...), or of a key.")
    static final class Get extends FlowTask {
        Get() {
            super(1);
        }

        @Override
        boolean changes() {
            return false;
        }

        @Override
        void run(Editor editor, String[] rest) throws IOException {
            editor.get(rest[0]);
        }
    }

    /** {@code del-flow}. */
    @Command(
            name = "del-flow",
            customSynopsis = "odp4j dpctl del-flow [dp] flow",
            description = "Deletes a flow, given by its key or its UFID.")
    static final class Delete extends FlowTask {
        Delete() {
            super(1);
        }

        @Override
        void run(Editor editor, String[] rest) throws Exception {
            if (rest[0].isBlank()) {
                throw new DpctlException("an empty flow: del-flows deletes them all");
            }
            try {
                editor.delete(rest[0]);
            } catch (NetlinkException e) {
                if (e.is(Errno.ENOENT) && !rest[0].contains("ufid:")) {
                    throw new DpctlException(
                            e.getMessage() + "; a flow that has a ufid is found by that alone");
                }
                throw e;
            }
        }
    }
}
