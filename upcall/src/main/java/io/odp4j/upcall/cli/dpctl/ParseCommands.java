package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.flow.text.FlowFormatter;
import io.odp4j.datapath.flow.text.FlowParser;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.datapath.flow.text.Ufid;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Commands that read the text of flows and actions, without a kernel. */
final class ParseCommands {
    private ParseCommands() {}

    /**
     * With {@code -m} nothing is left out, so that what is printed reads back as the same bytes.
     */
    private static FlowTextOptions form(DpctlCommand options) {
        return options.more ? FlowTextOptions.COMPLETE : FlowTextOptions.PLAIN;
    }

    /** {@code parse-actions}. */
    @Command(
            name = "parse-actions",
            customSynopsis = "odp4j dpctl parse-actions [--hex] [actions...]",
            description = {
                "Reads actions and prints them in their usual form, one line for each argument or,"
                        + " without arguments, for each line of standard input.",
                "--hex prints their bytes as attributes."
            })
    static final class Actions extends LineTask {
        @Option(names = "--hex", description = "Print the attributes' bytes.")
        private boolean hex;

        private final ActionParser parser = new ActionParser();
        private ActionFormatter formatter;
        private FlowObject object;

        @Override
        int run(Output out) throws Exception {
            formatter = new ActionFormatter(form(options));
            object = new FlowObject(form(options));
            return super.run(out);
        }

        @Override
        void answer(String input, Output out) throws IOException {
            AttributeList actions = parser.parse(input);
            if (options.json) {
                out.object(json -> object.write(json, null, null, null, actions));
            } else {
                out.line(hex ? Hex.of(actions) : formatter.format(actions));
            }
        }
    }

    /** {@code parse-flow}. */
    @Command(
            name = "parse-flow",
            customSynopsis = "odp4j dpctl parse-flow [-m] [--hex] [flow...]",
            description = {
                "Reads flow keys with their masks and prints them in their usual form, one line for"
                        + " each argument or, without arguments, for each line of standard input.",
                "-m leaves nothing out; --hex prints the bytes as attributes: key/mask."
            })
    static final class Flow extends LineTask {
        @Option(names = "--hex", description = "Print the attributes' bytes: key/mask.")
        private boolean hex;

        private final FlowParser parser = new FlowParser();
        private FlowFormatter formatter;
        private FlowObject object;

        @Override
        int run(Output out) throws Exception {
            formatter = new FlowFormatter(form(options));
            object = new FlowObject(form(options));
            return super.run(out);
        }

        @Override
        void answer(String input, Output out) throws IOException {
            FlowParser.Flow flow = parser.parse(input);
            if (options.json) {
                out.object(json -> object.write(json, flow.ufid(), flow.key(), flow.mask(), null));
            } else if (hex) {
                out.line(Hex.of(flow.key()) + "/" + Hex.of(flow.mask()));
            } else {
                if (flow.ufid() != null) {
                    ByteBuffer ufid = ByteBuffer.wrap(flow.ufid()).order(ByteOrder.nativeOrder());
                    Ufid.format(out.text(), ufid, 0);
                    out.text().append(", ");
                }
                out.line(formatter.format(flow.key(), flow.mask()));
            }
        }
    }
}
