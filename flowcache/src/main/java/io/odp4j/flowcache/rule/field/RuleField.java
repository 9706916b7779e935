package io.odp4j.flowcache.rule.field;

import io.odp4j.datapath.flow.FlowField;

/**
 * A field that rules match on and actions read and write: ovs-fields(7).
 *
 * @param name the name that {@code ovs-ofctl} prints
 * @param word the word of a {@link RuleKey} it lies in, or its more significant part
 * @param shift its least significant bit in that word
 * @param bits its length, at most 128
 * @param format how its values are written
 * @param needs what a packet must be for the field to mean anything
 * @param writable whether actions may write it
 */
public record RuleField(
        String name,
        int word,
        int shift,
        int bits,
        ValueFormat format,
        Prerequisite needs,
        boolean writable) {

    static RuleField of(
            String name,
            FlowField field,
            ValueFormat format,
            Prerequisite needs,
            boolean writable) {
        return new RuleField(
                name, field.word(), field.shift(), field.bits(), format, needs, writable);
    }

    /** A part of a field of a flow key, by the number of its lowest bit there. */
    static RuleField part(String name, FlowField field, int low, int bits, Prerequisite needs) {
        return new RuleField(
                name, field.word(), field.shift() + low, bits, ValueFormat.DECIMAL, needs, true);
    }

    /** Such a part that actions may not write. */
    static RuleField readOnly(String name, FlowField field, int low, int bits, Prerequisite needs) {
        return new RuleField(
                name, field.word(), field.shift() + low, bits, ValueFormat.DECIMAL, needs, false);
    }

    /** The field's lower bits alone. */
    public RuleField narrowed(int width) {
        return new RuleField(name, word, shift, width, format, needs, writable);
    }

    /** The bits of the field in its first word. */
    public long wordMask() {
        return bits >= 64 ? -1L : (1L << bits) - 1 << shift;
    }

    /** Whether the field takes two words. */
    public boolean isWide() {
        return bits > 64;
    }

    /** Writes bits of a value that its mask has, into a key or, with itself as mask, a mask. */
    public void set(long[] words, WideValue value, WideValue mask) {
        if (isWide()) {
            words[word] = words[word] & ~mask.high() | value.high() & mask.high();
            words[word + 1] = words[word + 1] & ~mask.low() | value.low() & mask.low();
        } else {
            long bitsHere = mask.low() << shift & wordMask();
            words[word] = words[word] & ~bitsHere | value.low() << shift & bitsHere;
        }
    }

    /** The field's value in a key, or its part of a mask. */
    public WideValue get(long[] words) {
        return isWide()
                ? new WideValue(words[word], words[word + 1])
                : new WideValue(0, (words[word] & wordMask()) >>> shift);
    }

    /** A value as text. */
    public String text(WideValue value) {
        return ValueFormatter.one(this, value);
    }

    /** All of the field's bits. */
    public WideValue ones() {
        return WideValue.ones(0, bits);
    }

    @Override
    public String toString() {
        return name;
    }
}
