package io.odp4j.flowcache.search;

/** Rules among which to find the best: tables, and a chain of those that no table takes. */
final class MergedGroup {
    /** The tables, those that hold the highest rank first. */
    MergedTable first;

    /** The first record of the chain beside the tables. */
    int rest;

    int restCount;

    /** How long the chain may be before a table is sought for its rules. */
    int restLimit;

    /** Rules in all. */
    int size;

    /** Rules when the tables were chosen. */
    int builtSize;

    /** Puts a table where its rank belongs. */
    void link(MergedTable table) {
        MergedTable before = null;
        MergedTable after = first;
        while (after != null && after.rank >= table.rank) {
            before = after;
            after = after.next;
        }
        table.next = after;
        if (before == null) {
            first = table;
        } else {
            before.next = table;
        }
    }

    void unlink(MergedTable table) {
        if (first == table) {
            first = table.next;
            return;
        }
        MergedTable at = first;
        while (at.next != table) {
            at = at.next;
        }
        at.next = table.next;
    }

    long memory() {
        long bytes = 0;
        for (MergedTable table = first; table != null; table = table.next) {
            bytes += table.memory();
        }
        return bytes;
    }
}
