package io.odp4j.upcall.cli.nl;

import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.family.OperationSpec.Use;
import io.odp4j.datapath.netlink.table.AttributeInput;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** One operation of a family: fields in, answers out. */
final class OperationCommand extends NlCommand {
    private final FamilySpec family;
    private final OperationSpec operation;

    OperationCommand(FamilySpec family, OperationSpec operation) {
        this.family = family;
        this.operation = operation;
    }

    @Override
    int run(JsonLines out) throws IOException {
        List<String> fields = words(null) == null ? List.of() : words(null);
        AttributeList request = request(family, operation, fields);
        boolean dump =
                operation.is(Use.DUMP)
                        && (has("--dump") || !operation.is(Use.DO) || fields.isEmpty());
        try (FamilyClient client = FamilyClient.open(family)) {
            if (dump) {
                boolean whole = client.dump(operation, request, list -> print(list, out));
                if (!whole) {
                    System.err.println("odp4j: objects changed while they were listed");
                }
                return 0;
            }
            List<String> flags = words("--flags");
            int asked = flags == null ? operation.flags() : RequestFlags.parse(flags);
            client.call(operation, asked, request).forEach(list -> print(list, out));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return 0;
    }

    private static void print(AttributeList list, JsonLines out) {
        try {
            out.attributes(list);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The request that {@code field=value} words describe. */
    static AttributeList request(FamilySpec family, OperationSpec operation, List<String> fields) {
        AttributeList request = new AttributeList(operation.table());
        for (String field : fields) {
            int equals = field.indexOf('=');
            try {
                if (equals < 0) {
                    AttributeInput.set(request, field, "true");
                } else {
                    String path = field.substring(0, equals);
                    String value = field.substring(equals + 1);
                    AttributeInput.set(request, path, InterfaceNames.resolve(family, path, value));
                }
            } catch (IllegalArgumentException e) {
                throw new UsageException(e.getMessage());
            }
        }
        return request;
    }
}
