package io.odp4j.flowcache.rule;

import io.odp4j.flowcache.rule.field.RuleField;
import io.odp4j.flowcache.rule.field.RuleKey;
import io.odp4j.flowcache.rule.field.WideValue;
import java.util.Arrays;

/**
 * What a rule asks of a packet: values and the bits of them that count, in the words of a {@link
 * RuleKey}. Value bits that do not count are zero. Not to be changed once a rule has it.
 */
public final class RuleMatch {
    private final long[] value = new long[RuleKey.WORDS];
    private final long[] mask = new long[RuleKey.WORDS];

    public long[] value() {
        return value;
    }

    public long[] mask() {
        return mask;
    }

    /** Asks for some bits of a field, in place of what was asked of those bits before. */
    public RuleMatch set(RuleField field, WideValue bits, WideValue which) {
        field.set(value, bits, which);
        field.set(mask, which, which);
        return this;
    }

    /** Asks for a field as a whole. */
    public RuleMatch set(RuleField field, long bits) {
        return set(field, WideValue.of(bits), field.ones());
    }

    /** Whether a key is as asked. */
    public boolean matches(long[] key) {
        long differ = 0;
        for (int w = 0; w < RuleKey.WORDS; w++) {
            differ |= (key[w] ^ value[w]) & mask[w];
        }
        return differ == 0;
    }

    /** Whether every packet that this asks for is one that the other asks for too. */
    public boolean isWithin(RuleMatch other) {
        for (int w = 0; w < RuleKey.WORDS; w++) {
            if ((other.mask[w] & ~mask[w]) != 0
                    || ((value[w] ^ other.value[w]) & other.mask[w]) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RuleMatch that
                && Arrays.equals(value, that.value)
                && Arrays.equals(mask, that.mask);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(value) + Arrays.hashCode(mask);
    }

    /** The fields asked for, as {@code ovs-ofctl} prints them. */
    @Override
    public String toString() {
        return MatchFormatter.of(this);
    }
}
