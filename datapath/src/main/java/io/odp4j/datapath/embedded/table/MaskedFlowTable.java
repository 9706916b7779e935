package io.odp4j.datapath.embedded.table;

import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import java.util.ArrayList;
import java.util.List;

/** The plain flow table: one hash table per mask, tried one after the other. */
public final class MaskedFlowTable implements FlowTable {
    private final List<SubTable> list = new ArrayList<>();
    private SubTable[] tables = new SubTable[0];
    private long tried;

    @Override
    public FlowEntry lookup(FlowKey key) {
        long[] words = key.words();
        for (SubTable table : tables) {
            tried++;
            FlowEntry flow = table.find(words);
            if (flow != null) {
                return flow;
            }
        }
        return null;
    }

    @Override
    public void insert(FlowEntry flow) {
        SubTable table = of(flow.mask());
        if (table == null) {
            table = new SubTable(flow.mask());
            list.add(table);
            tables = list.toArray(SubTable[]::new);
        }
        table.insert(flow);
    }

    @Override
    public void remove(FlowEntry flow) {
        SubTable table = of(flow.mask());
        if (table != null && table.remove(flow) && table.isEmpty()) {
            list.remove(table);
            tables = list.toArray(SubTable[]::new);
        }
    }

    private SubTable of(FlowMask mask) {
        for (SubTable table : tables) {
            if (table.hasMask(mask)) {
                return table;
            }
        }
        return null;
    }

    @Override
    public void clear() {
        list.clear();
        tables = new SubTable[0];
    }

    @Override
    public int masks() {
        return tables.length;
    }

    @Override
    public long masksTried() {
        return tried;
    }
}
