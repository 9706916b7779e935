package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import java.util.Random;

/** Keys from a small world, so that they meet, and masks of every shape. */
final class RandomFlows {
    private static final FlowField[] FIELDS = {
        FlowField.IN_PORT,
        FlowField.DL_SRC,
        FlowField.NW_SRC,
        FlowField.NW_DST,
        FlowField.TP_SRC,
        FlowField.TP_DST,
        FlowField.IPV6_SRC,
        FlowField.TCP_FLAGS,
        FlowField.CT_LABEL,
        FlowField.TUN_ID,
        FlowField.TUN_OPTS,
    };

    private final Random random;

    RandomFlows(long seed) {
        random = new Random(seed);
    }

    int next(int bound) {
        return random.nextInt(bound);
    }

    FlowKey key() {
        FlowKey key = new FlowKey();
        for (FlowField field : FIELDS) {
            for (int w = 0; w < Math.min(3, field.words()); w++) {
                // Few values, with differences at either end of the field.
                long low = random.nextInt(4);
                long high = random.nextInt(4);
                long value = low | high << Math.min(64, field.bits()) - 2;
                key.words()[field.word() + w] |= value << field.shift() & field.wordMask();
            }
        }
        return key;
    }

    FlowMask mask() {
        FlowMask mask = new FlowMask();
        for (FlowField field : FIELDS) {
            int kind = random.nextInt(6);
            if (kind == 0) {
                mask.exact(field);
            } else if (kind == 1) {
                mask.prefix(field, random.nextInt(field.bits() + 1));
            } else if (kind == 2) {
                long bits = random.nextLong() & random.nextLong();
                mask.words()[field.word()] |= bits & field.wordMask();
            }
        }
        return mask;
    }
}
