package io.odp4j.upcall.cli.nl;

import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.RtnetlinkFamilies;
import io.odp4j.datapath.rtnetlink.ip.IpJson;
import io.odp4j.datapath.rtnetlink.ip.IpNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** Lists objects of rtnetlink; as JSON with the field names of {@code ip -j}. */
final class ShowCommand extends NlCommand {
    private final FamilySpec family;

    ShowCommand(FamilySpec family) {
        this.family = family;
    }

    @Override
    int run(JsonLines out) throws IOException {
        OperationSpec get = family.operation("get").orElseThrow();
        List<String> fields = words(null) == null ? List.of() : words(null);
        AttributeList filter = OperationCommand.request(family, get, fields);
        IpNames names = out.isJson() ? names() : null;
        try (FamilyClient client = FamilyClient.open(family)) {
            client.dump(get, filter, object -> print(object, names, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return 0;
    }

    private IpNames names() throws IOException {
        IpNames names = IpNames.read();
        return family == RtnetlinkFamilies.ROUTE ? names.withNextHops() : names;
    }

    private void print(AttributeList object, IpNames names, JsonLines out) {
        try {
            if (out.isJson()) {
                out.value(json -> IpJson.write(family, object, names, json));
            } else {
                out.line(object.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
