package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.table.AttributeJson;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.upcall.cli.Output;
import picocli.CommandLine.Command;

/** {@code dump-dps}: the names of all datapaths. */
@Command(
        name = "dump-dps",
        customSynopsis = "odp4j dpctl dump-dps",
        description = "Prints the names of all datapaths.")
final class DumpDpsCommand extends KernelTask {
    @Override
    void check() {
        requireWords(0, 0);
    }

    @Override
    int run(Session session, Output out) throws Exception {
        for (Datapath datapath : session.datapaths().list()) {
            if (options.json) {
                out.object(
                        json -> {
                            json.writeNumberField("ifindex", datapath.ifindex());
                            AttributeJson.writeFields(datapath.attributes(), json);
                        });
            } else {
                out.line(session.type() + datapath.name());
            }
        }
        return 0;
    }
}
