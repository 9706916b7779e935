package io.odp4j.flowcache.search;

import io.odp4j.flowcache.rule.Rule;
import java.util.Arrays;

/**
 * The rules of a search, flat: what each asks for in packed words, in chains of falling priority.
 *
 * <pre>
 *  word 0       next record of the chain (32 bits, 0: none) | rank (17 bits) | … | soft (bit 63)
 *       1 + 2i  value of packed word i
 *       2 + 2i  its significant bits
 * </pre>
 *
 * The rank is one more than the priority, so that 0 is below every rule. A soft rule is one of a
 * conjunction: it takes part in an answer and is none. Record 0 is not used.
 */
final class RuleRecords {
    private static final int RANK_SHIFT = 32;
    private static final long RANK_BITS = 0x1_ffffL << RANK_SHIFT;
    private static final long NEXT_BITS = 0xffff_ffffL;
    private static final int FIRST = 64;

    final int stride;
    private final KeyPacker packer;
    private final long[] value;
    private final long[] mask;
    private long[] records;
    private Rule[] rules = new Rule[FIRST];
    private int end = 1;
    private int free;

    RuleRecords(KeyPacker packer) {
        this.packer = packer;
        stride = 1 + 2 * packer.words();
        value = new long[packer.words()];
        mask = new long[packer.words()];
        records = new long[FIRST * stride];
    }

    /** The words of all records; another array after {@link #add}. */
    long[] words() {
        return records;
    }

    Rule rule(int record) {
        return rules[record];
    }

    int add(Rule rule) {
        int record = free;
        if (record != 0) {
            free = next(record);
        } else {
            record = end++;
            if (end > rules.length) {
                rules = Arrays.copyOf(rules, 2 * rules.length);
                records = Arrays.copyOf(records, 2 * records.length);
            }
        }
        rules[record] = rule;
        packer.pack(rule.match().value(), value);
        packer.pack(rule.match().mask(), mask);
        int at = record * stride;
        records[at] = rule.priority() + 1L << RANK_SHIFT | (rule.isSoft() ? Long.MIN_VALUE : 0);
        for (int w = 0; w < value.length; w++) {
            records[at + 1 + 2 * w] = value[w];
            records[at + 2 + 2 * w] = mask[w];
        }
        return record;
    }

    void release(int record) {
        rules[record] = null;
        records[record * stride] = free;
        free = record;
    }

    static boolean soft(long header) {
        return header < 0;
    }

    static int rank(long header) {
        return (int) ((header & RANK_BITS) >>> RANK_SHIFT);
    }

    static int next(long header) {
        return (int) header;
    }

    int rank(int record) {
        return rank(records[record * stride]);
    }

    int next(int record) {
        return next(records[record * stride]);
    }

    long value(int record, int word) {
        return records[record * stride + 1 + 2 * word];
    }

    long mask(int record, int word) {
        return records[record * stride + 2 + 2 * word];
    }

    private void setNext(int record, int next) {
        int at = record * stride;
        records[at] = records[at] & ~NEXT_BITS | next;
    }

    /** Puts a record into a chain by its rank; the chain's new first. */
    int link(int head, int record) {
        int rank = rank(record);
        int before = 0;
        int after = head;
        while (after != 0 && rank(after) >= rank) {
            before = after;
            after = next(after);
        }
        setNext(record, after);
        if (before == 0) {
            return record;
        }
        setNext(before, record);
        return head;
    }

    /** Takes a record out of a chain, if it is there; the chain's new first. */
    int unlink(int head, int record) {
        if (head == record) {
            return next(record);
        }
        for (int at = head; at != 0; at = next(at)) {
            if (next(at) == record) {
                setNext(at, next(record));
                break;
            }
        }
        return head;
    }

    boolean contains(int head, int record) {
        int at = head;
        while (at != 0 && at != record) {
            at = next(at);
        }
        return at != 0;
    }

    int length(int head) {
        int n = 0;
        for (int at = head; at != 0; at = next(at)) {
            n++;
        }
        return n;
    }

    Move startMove() {
        return new Move();
    }

    /** A copy of all records in another order. */
    final class Move {
        private final long[] words = new long[records.length];
        private final Rule[] moved = new Rule[rules.length];
        private int to = 1;

        /** Copies a chain; its new first. */
        int chain(int head) {
            int first = head == 0 ? 0 : to;
            for (int record = head; record != 0; record = next(record)) {
                System.arraycopy(records, record * stride, words, to * stride, stride);
                boolean last = next(record) == 0;
                words[to * stride] = words[to * stride] & ~NEXT_BITS | (last ? 0 : to + 1);
                moved[to++] = rules[record];
            }
            return first;
        }

        /** Puts the copy in the place of the records. */
        void end() {
            records = words;
            rules = moved;
            end = to;
            free = 0;
        }
    }

    /** One more than the highest record in use. */
    int end() {
        return end;
    }

    long memory() {
        return 8L * records.length + 4L * rules.length;
    }
}
