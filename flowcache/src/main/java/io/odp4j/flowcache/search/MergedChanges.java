package io.odp4j.flowcache.search;

import java.util.Arrays;

/**
 * Adds rules to groups and takes them out. A chain that gets too long becomes a group; a group that
 * has grown to twice what it was when its tables were chosen chooses anew.
 */
final class MergedChanges {
    /** How many rules are looked at one after another before a table is sought. */
    static final int CHAIN = 6;

    private final RuleRecords records;
    private final TableChooser chooser;
    private final long[] scratch;

    MergedChanges(RuleRecords records, KeyPacker packer) {
        this.records = records;
        this.chooser = new TableChooser(records, packer);
        this.scratch = new long[packer.words()];
    }

    /** A group of those records; the array is put in another order. */
    MergedGroup build(int[] members, int count) {
        MergedGroup group = new MergedGroup();
        group.size = count;
        group.builtSize = count;
        group.restLimit = CHAIN;
        addTables(group, members, count);
        return group;
    }

    /** Makes tables for records until what is left makes a chain. */
    private void addTables(MergedGroup group, int[] members, int count) {
        int left = count;
        while (left > group.restLimit) {
            long[] bits = chooser.choose(members, left);
            if (bits == null) {
                // They cannot be told apart: none is sought again soon.
                group.restLimit = 2 * left;
                break;
            }
            int taken = partition(members, left, bits);
            MergedTable table = new MergedTable(bits, chooser.keys(taken));
            fill(table, Arrays.copyOfRange(members, left - taken, left));
            group.link(table);
            left -= taken;
        }
        for (int i = 0; i < left; i++) {
            group.rest = records.link(group.rest, members[i]);
        }
        group.restCount += left;
    }

    /** Moves those that a table of some bits takes to the end; how many. */
    private int partition(int[] members, int count, long[] bits) {
        MergedTable probe = new MergedTable(bits, 1);
        int end = count;
        int at = 0;
        while (at < end) {
            int record = members[at];
            if (probe.takes(records, record)) {
                members[at] = members[--end];
                members[end] = record;
            } else {
                at++;
            }
        }
        return count - end;
    }

    private void fill(MergedTable table, int[] members) {
        for (int record : members) {
            long hash = table.hashOf(records, record, scratch);
            int slot = table.slotOf(hash);
            if (table.slots[slot] == 0 && table.isFull()) {
                table.clear(table.slots.length);
                fill(table, members);
                return;
            }
            int rank = records.rank(record);
            table.put(slot, hash, records.link(table.at(slot), record), rank);
            table.rank = Math.max(table.rank, rank);
        }
        for (int record : members) {
            long hash = table.hashOf(records, record, scratch);
            split(table, table.slotOf(hash), hash);
        }
    }

    /** Makes a group of a chain that is too long. */
    private void split(MergedTable table, int slot, long hash) {
        int head = table.at(slot);
        int length = head <= 0 ? 0 : records.length(head);
        if (length > CHAIN) {
            table.put(slot, hash, table.addGroup(build(chain(head, length), length)), 0);
        }
    }

    private int[] chain(int head, int length) {
        int[] members = new int[length];
        int at = head;
        for (int i = 0; i < length; i++) {
            members[i] = at;
            at = records.next(at);
        }
        return members;
    }

    /** Numbers the records of a group anew, those of a chain one after another. */
    void renumber(MergedGroup group) {
        RuleRecords.Move move = records.startMove();
        renumber(group, move);
        move.end();
    }

    private void renumber(MergedGroup group, RuleRecords.Move move) {
        group.rest = move.chain(group.rest);
        for (MergedTable table = group.first; table != null; table = table.next) {
            for (int slot = 0; slot < table.slots.length; slot++) {
                int there = table.at(slot);
                if (there < 0) {
                    renumber(table.groups[~there], move);
                } else {
                    table.replace(slot, move.chain(there));
                }
            }
        }
    }

    /** Adds a record to a group. */
    void add(MergedGroup group, int record) {
        group.size++;
        if (group.size > 2 * group.builtSize + 4 * CHAIN) {
            int[] members = new int[group.size];
            int count = collect(group, members, 0);
            members[count++] = record;
            reset(group, members, count);
            return;
        }
        for (MergedTable table = group.first; table != null; table = table.next) {
            if (table.takes(records, record)) {
                int rank = table.rank;
                add(table, record);
                place(group, table, rank, records.rank(record));
                return;
            }
        }
        group.rest = records.link(group.rest, record);
        if (++group.restCount > group.restLimit) {
            int count = group.restCount;
            int[] members = chain(group.rest, count);
            group.rest = 0;
            group.restCount = 0;
            addTables(group, members, count);
        }
    }

    private void reset(MergedGroup group, int[] members, int count) {
        group.first = null;
        group.rest = 0;
        group.restCount = 0;
        group.restLimit = CHAIN;
        group.size = count;
        group.builtSize = count;
        addTables(group, members, count);
    }

    /** Moves a table among others: up with a new record, or down if growing showed its rank old. */
    private static void place(MergedGroup group, MergedTable table, int before, int added) {
        table.rank = Math.max(table.rank, added);
        if (table.rank != before) {
            group.unlink(table);
            group.link(table);
        }
    }

    private void add(MergedTable table, int record) {
        long hash = table.hashOf(records, record, scratch);
        int slot = table.slotOf(hash);
        if (table.slots[slot] == 0 && table.isFull()) {
            grow(table);
            slot = table.slotOf(hash);
        }
        int there = table.at(slot);
        if (there < 0) {
            table.put(slot, hash, there, records.rank(record));
            add(table.groups[~there], record);
            return;
        }
        table.put(slot, hash, records.link(there, record), records.rank(record));
        split(table, slot, hash);
    }

    private void grow(MergedTable table) {
        int count = 0;
        for (long slot : table.slots) {
            count += sizeOf(table, (int) slot);
        }
        int[] members = new int[count];
        count = collect(table, members, 0);
        table.clear(table.slots.length);
        table.rank = 0;
        fill(table, members);
    }

    private int sizeOf(MergedTable table, int there) {
        return there < 0 ? table.groups[~there].size : records.length(there);
    }

    private int collect(MergedGroup group, int[] into, int from) {
        int count = from;
        for (MergedTable table = group.first; table != null; table = table.next) {
            count = collect(table, into, count);
        }
        for (int at = group.rest; at != 0; at = records.next(at)) {
            into[count++] = at;
        }
        return count;
    }

    private int collect(MergedTable table, int[] into, int from) {
        int count = from;
        for (long slot : table.slots) {
            int there = (int) slot;
            if (there < 0) {
                count = collect(table.groups[~there], into, count);
            } else {
                for (int at = there; at != 0; at = records.next(at)) {
                    into[count++] = at;
                }
            }
        }
        return count;
    }

    /** Takes a record out of a group; false if it is not there. */
    boolean remove(MergedGroup group, int record) {
        boolean found = false;
        for (MergedTable t = group.first; t != null && !found; t = t.next) {
            found = t.takes(records, record) && remove(t, record);
        }
        if (!found && records.contains(group.rest, record)) {
            group.rest = records.unlink(group.rest, record);
            group.restCount--;
            found = true;
        }
        if (found && --group.size < group.builtSize / 4) {
            int[] members = new int[group.size];
            reset(group, members, collect(group, members, 0));
        }
        return found;
    }

    private boolean remove(MergedTable table, int record) {
        long hash = table.hashOf(records, record, scratch);
        int slot = table.slotOf(hash);
        int there = table.at(slot);
        if (there < 0) {
            return remove(table.groups[~there], record);
        }
        if (there == 0 || !records.contains(there, record)) {
            return false;
        }
        table.put(slot, hash, records.unlink(there, record), 0);
        return true;
    }
}
