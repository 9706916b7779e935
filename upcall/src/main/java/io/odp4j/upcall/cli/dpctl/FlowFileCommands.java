package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.FlowSyntaxException;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.upcall.cli.InputFile;
import io.odp4j.upcall.cli.Output;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;

/**
 * Commands that take flows from a file, one a line:
 *
 * <pre>
 * [add | modify | delete] FLOW ACTIONS        # a comment
 * FLOW, packets:0, bytes:0, used:never, actions:ACTIONS
 * </pre>
 *
 * The second form is what dump-flows prints. A line that fails is told of and the next one is
 * taken.
 */
final class FlowFileCommands {
    private static final Pattern NAMED = Pattern.compile("(add|modify|delete)\\s+(.*)");

    private FlowFileCommands() {}

    private abstract static class FileTask extends KernelTask {
        private final String command;

        /**
         * @param command what a line does that does not say it
         */
        FileTask(String command) {
            this.command = command;
        }

        @Override
        boolean changes() {
            return true;
        }

        @Override
        void check() {
            requireWords(1, 2);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            return read(session, session.datapath(words, 1), words.get(words.size() - 1), out);
        }

        final int read(Session session, Datapath datapath, String file, Output out)
                throws IOException, DpctlException {
            FlowCommands.Editor editor = new FlowCommands.Editor(session, datapath, options, out);
            try (BufferedReader lines = open(file)) {
                int number = 0;
                int status = 0;
                for (String line; (line = lines.readLine()) != null; ) {
                    number++;
                    try {
                        line(editor, line);
                    } catch (NetlinkException | FlowSyntaxException | DpctlException e) {
                        error("line " + number + ": " + e.getMessage());
                        status = 1;
                    }
                }
                return status;
            }
        }

        private static BufferedReader open(String file) throws IOException {
            return file.equals("-")
                    ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                    : Files.newBufferedReader(InputFile.check(Path.of(file)));
        }

        private void line(FlowCommands.Editor editor, String whole)
                throws IOException, DpctlException {
            int comment = whole.indexOf('#');
            String line = (comment < 0 ? whole : whole.substring(0, comment)).strip();
            if (line.isEmpty()) {
                return;
            }
            Matcher named = NAMED.matcher(line);
            boolean isNamed = named.matches();
            String what = isNamed ? named.group(1) : command;
            String rest = isNamed ? named.group(2) : line;
            FlowLine flow = FlowLine.of(rest);
            if (what.equals("delete")) {
                editor.delete(flow.dumped() ? flow.flow() : rest);
            } else if (flow.actions() == null) {
                throw new DpctlException("a flow without actions");
            } else if (what.equals("add")) {
                editor.add(flow.flow(), flow.actions());
            } else {
                editor.modify(flow.flow(), flow.actions());
            }
        }
    }

    /** {@code add-flows}. */
    @Command(
            name = "add-flows",
            customSynopsis = "odp4j dpctl add-flows [dp] file",
            description = {
                "Adds the flows of a file, or of standard input for '-', one a line.",
                "A line may begin with add, modify or delete, or be one that dump-flows printed."
            })
    static final class Add extends FileTask {
        Add() {
            super("add");
        }
    }

    /** {@code mod-flows}. */
    @Command(
            name = "mod-flows",
            customSynopsis = "odp4j dpctl mod-flows [dp] file",
            description = "Changes the flows of a file, as add-flows adds them.")
    static final class Modify extends FileTask {
        Modify() {
            super("modify");
        }
    }

    /** {@code del-flows}. */
    @Command(
            name = "del-flows",
            customSynopsis = "odp4j dpctl del-flows [dp] [file]",
            description = {
                "Deletes all flows, or those of a file, as add-flows takes it.",
                "A single word is the datapath if there is one of that name, else the file."
            })
    static final class Delete extends FileTask {
        Delete() {
            super("delete");
        }

        @Override
        void check() {
            requireWords(0, 2);
        }

        @Override
        int run(Session session, Output out) throws Exception {
            Session.Named named = session.split(words);
            if (named.rest().size() > 1) {
                throw new DpctlException("there is no datapath " + words.get(0));
            }
            if (named.rest().size() == 1) {
                return read(session, named.datapath(), named.rest().get(0), out);
            }
            session.flows(named.datapath()).flush();
            return 0;
        }
    }
}
