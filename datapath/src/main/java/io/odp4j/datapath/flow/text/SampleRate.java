package io.odp4j.datapath.flow.text;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The probability of a sample action: out of 2^32 - 1 in the attribute, a percentage in text. */
final class SampleRate {
    private static final long CERTAIN = 0xffffffffL;
    private static final int ENOUGH_DIGITS = 12;

    private SampleRate() {}

    static int fromPercentage(double percentage) {
        return (int) (long) Math.floor(CERTAIN * (percentage / 100.0) + .5);
    }

    /** One digit after the point or, if {@code exact}, as many as give the same number again. */
    static String toPercentage(int probability, boolean exact) {
        BigDecimal value = new BigDecimal(100.0 * (probability & CERTAIN) / CERTAIN);
        int digits = 1;
        BigDecimal text = value.setScale(digits, RoundingMode.HALF_EVEN);
        while (exact
                && digits < ENOUGH_DIGITS
                && fromPercentage(text.doubleValue()) != probability) {
            text = value.setScale(++digits, RoundingMode.HALF_EVEN);
        }
        return text.toPlainString();
    }
}
