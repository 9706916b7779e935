package io.odp4j.bench.jmh;

import io.odp4j.datapath.flow.EthernetAddress;
import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Rule sets of a number of masks, and packets that meet them. */
final class RuleSets {
    private static final int PRIORITIES = 10;
    private final Random random = new Random(11);
    private final List<String> rules = new ArrayList<>();
    private final List<FlowKey> seeds = new ArrayList<>();

    /** Rules under so many random masks of the fields of TCP over IPv4, ten priorities. */
    static RuleSets withMasks(int count, int masks) {
        RuleSets sets = new RuleSets();
        List<int[]> shapes = new ArrayList<>();
        for (int m = 0; m < masks; m++) {
            shapes.add(
                    new int[] {
                        sets.random.nextInt(2),
                        sets.random.nextInt(2),
                        4 * sets.random.nextInt(9),
                        4 * sets.random.nextInt(9),
                        sets.random.nextInt(2),
                        sets.random.nextInt(2)
                    });
        }
        for (int i = 0; i < count; i++) {
            int[] shape = shapes.get(i % masks);
            FlowKey key = sets.value();
            StringBuilder text = new StringBuilder();
            text.append("priority=").append(1 + sets.random.nextInt(PRIORITIES)).append(",tcp,");
            if (shape[0] == 1) {
                text.append("in_port=").append(key.inPort()).append(',');
            }
            if (shape[1] == 1) {
                text.append("dl_dst=").append(EthernetAddress.format(key.dlDst())).append(',');
            }
            sets.add(text, key, shape[2], shape[3], shape[4] == 1, shape[5] == 1);
        }
        return sets;
    }

    private void add(
            StringBuilder text,
            FlowKey key,
            int source,
            int destination,
            boolean from,
            boolean to) {
        text.append("nw_src=").append(ip(key.get(FlowField.NW_SRC))).append('/').append(source);
        text.append(",nw_dst=").append(ip(key.get(FlowField.NW_DST)));
        text.append('/').append(destination).append(',');
        if (from) {
            text.append("tp_src=").append(key.get(FlowField.TP_SRC)).append(',');
        }
        if (to) {
            text.append("tp_dst=").append(key.get(FlowField.TP_DST)).append(',');
        }
        rules.add(text.append("actions=").append(1 + random.nextInt(100)).toString());
        seeds.add(key);
    }

    private FlowKey value() {
        return new FlowKey()
                .set(FlowField.IN_PORT, 1 + random.nextInt(16))
                .set(FlowField.DL_TYPE, 0x800)
                .set(FlowField.NW_PROTO, 6)
                .set(FlowField.NW_TTL, 64)
                .set(FlowField.DL_SRC, 0x0200_0000_0000L + random.nextInt(64))
                .set(FlowField.DL_DST, 0x0200_0000_0000L + random.nextInt(64))
                .set(FlowField.NW_SRC, address())
                .set(FlowField.NW_DST, address())
                .set(FlowField.TP_SRC, 1024 + random.nextInt(60000))
                .set(FlowField.TP_DST, 1 + random.nextInt(200));
    }

    /** Addresses of a few hundred networks, as a site has them. */
    private long address() {
        return (10L + random.nextInt(8)) << 24
                | random.nextInt(32) * 8L << 16
                | random.nextInt(1 << 16);
    }

    static String ip(long a) {
        return String.format(
                Locale.ROOT, "%d.%d.%d.%d", a >> 24 & 255, a >> 16 & 255, a >> 8 & 255, a & 255);
    }

    static PolicyTables tables(String text) {
        PolicyTables tables = new PolicyTables();
        try {
            tables.load(text);
        } catch (RuleSyntaxException e) {
            throw new IllegalStateException(e);
        }
        return tables;
    }

    List<String> rules() {
        return rules;
    }

    /** Packets made of rules' own values, a third of them with something changed. */
    List<FlowKey> packets(int count) {
        List<FlowKey> packets = new ArrayList<>();
        FlowField[] fields = {
            FlowField.NW_SRC, FlowField.NW_DST, FlowField.TP_DST, FlowField.TP_SRC,
        };
        for (int i = 0; i < count; i++) {
            FlowKey key = new FlowKey().copyFrom(seeds.get(random.nextInt(seeds.size())));
            key.set(FlowField.TP_SRC, 1024 + random.nextInt(60000));
            if (i % 3 == 0) {
                FlowField field = fields[random.nextInt(fields.length)];
                field.set(key.words(), field.get(value().words()));
            }
            packets.add(key);
        }
        return packets;
    }
}
