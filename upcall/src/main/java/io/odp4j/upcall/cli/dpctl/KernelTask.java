package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.upcall.cli.DatapathName;
import io.odp4j.upcall.cli.Output;
import java.io.IOException;
import java.util.List;

/** A command that talks to a datapath: the kernel's, or an embedded one that a word names. */
abstract class KernelTask extends Task {
    @Override
    final int run(Output out) throws Exception {
        check();
        options.setEndpoint(endpoint(spec.commandLine().getParseResult().originalArgs()));
        try (Session session = Session.open(options)) {
            return run(session, out);
        }
    }

    private NetlinkEndpoint endpoint(List<String> arguments) throws IOException {
        for (String argument : arguments) {
            if (DatapathName.isEmbedded(argument)) {
                return DatapathName.parse(argument).endpoint();
            }
        }
        return options.endpoint();
    }

    /** Throws if the words are not what the command takes. */
    abstract void check();

    /**
     * Does the work.
     *
     * @return the exit status
     */
    abstract int run(Session session, Output out) throws Exception;
}
