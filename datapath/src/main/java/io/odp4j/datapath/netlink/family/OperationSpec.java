package io.odp4j.datapath.netlink.family;

import io.odp4j.datapath.netlink.table.AttributeTable;
import java.util.EnumSet;
import java.util.Set;

/**
 * One operation of a family as it is declared.
 *
 * @param name what a person calls it: {@code new}, {@code get}
 * @param request message type, or for generic netlink the command, of the request; -1 for one that
 *     is only told
 * @param reply that of answers and notifications
 * @param table what its messages hold, the structure before the attributes included
 * @param flags the flags {@code NLM_F_*} that a request has unless others are asked for
 * @param doc one sentence
 */
public record OperationSpec(
        String name,
        int request,
        int reply,
        AttributeTable table,
        int flags,
        Set<Use> uses,
        String doc) {
    /** In which ways an operation is used. */
    public enum Use {
        /** A request about one object. */
        DO,
        /** A request for all objects. */
        DUMP,
        /** A notification. */
        EVENT
    }

    /** An operation whose answers and notifications have the number of its request. */
    public static OperationSpec of(
            String name, int number, AttributeTable table, String doc, Use first, Use... more) {
        return new OperationSpec(name, number, number, table, 0, EnumSet.of(first, more), doc);
    }

    /** The same, answered under another number. */
    public OperationSpec answeredBy(int number) {
        return new OperationSpec(name, request, number, table, flags, uses, doc);
    }

    /** The same with flags that its requests have unless others are asked for. */
    public OperationSpec flagged(int requestFlags) {
        return new OperationSpec(name, request, reply, table, requestFlags, uses, doc);
    }

    public boolean is(Use use) {
        return uses.contains(use);
    }
}
