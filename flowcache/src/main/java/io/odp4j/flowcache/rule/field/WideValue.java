package io.odp4j.flowcache.rule.field;

/** A number of up to 128 bits. */
public record WideValue(long high, long low) {
    public static final WideValue ZERO = new WideValue(0, 0);

    public static WideValue of(long low) {
        return new WideValue(0, low);
    }

    /** Ones from one bit on, so many of them. */
    public static WideValue ones(int from, int count) {
        WideValue ones =
                count >= 128
                        ? new WideValue(-1, -1)
                        : count >= 64
                                ? new WideValue((1L << count - 64) - 1, -1)
                                : new WideValue(0, (1L << count) - 1);
        return ones.shiftLeft(from);
    }

    public WideValue shiftLeft(int n) {
        if (n == 0) {
            return this;
        }
        return n >= 64
                ? new WideValue(low << n - 64, 0)
                : new WideValue(high << n | low >>> 64 - n, low << n);
    }

    public WideValue shiftRight(int n) {
        if (n == 0) {
            return this;
        }
        return n >= 64
                ? new WideValue(0, high >>> n - 64)
                : new WideValue(high >>> n, low >>> n | high << 64 - n);
    }

    public WideValue and(WideValue other) {
        return new WideValue(high & other.high, low & other.low);
    }

    public WideValue andNot(WideValue other) {
        return new WideValue(high & ~other.high, low & ~other.low);
    }

    public WideValue or(WideValue other) {
        return new WideValue(high | other.high, low | other.low);
    }

    public boolean isZero() {
        return (high | low) == 0;
    }

    /** Whether the number fits that many bits. */
    public boolean fits(int bits) {
        return andNot(ones(0, bits)).isZero();
    }

    /** As {@code 0x…}. */
    public String hex() {
        return "0x" + (high == 0 ? Long.toHexString(low) : "%x%016x".formatted(high, low));
    }
}
