package io.odp4j.datapath.flow.filter;

import java.util.List;

/** A filter or a part of it. */
interface Expression {
    /**
     * Asks it of a flow, or of a packet: a flow whose mask is all ones. Nothing is allocated.
     *
     * @param key words of the key
     * @param mask words of the mask
     * @param measures what is known beside the key, in the order of their declaration
     */
    Truth test(long[] key, long[] mask, long[] measures);

    /** True if all parts are. */
    record All(List<Expression> parts) implements Expression {
        @Override
        public Truth test(long[] key, long[] mask, long[] measures) {
            Truth truth = Truth.YES;
            for (int i = 0; i < parts.size() && truth != Truth.NO; i++) {
                truth = truth.and(parts.get(i).test(key, mask, measures));
            }
            return truth;
        }
    }

    /** True if one part is. */
    record Any(List<Expression> parts) implements Expression {
        @Override
        public Truth test(long[] key, long[] mask, long[] measures) {
            Truth truth = Truth.NO;
            for (int i = 0; i < parts.size() && truth != Truth.YES; i++) {
                truth = truth.or(parts.get(i).test(key, mask, measures));
            }
            return truth;
        }
    }

    /** True if the part is not. */
    record Not(Expression part) implements Expression {
        @Override
        public Truth test(long[] key, long[] mask, long[] measures) {
            return part.test(key, mask, measures).not();
        }
    }

    /** Some bits of a word of the key have these values. */
    record Bits(int word, long value, long wanted) implements Expression {
        @Override
        public Truth test(long[] key, long[] mask, long[] measures) {
            long known = mask[word] & wanted;
            if (((key[word] ^ value) & known) != 0) {
                return Truth.NO;
            }
            return known == wanted ? Truth.YES : Truth.MAYBE;
        }
    }

    /** A field of up to 64 bits is, as an unsigned number, from one to another. */
    record Range(int word, int shift, long ones, long least, long most) implements Expression {
        @Override
        public Truth test(long[] key, long[] mask, long[] measures) {
            long known = mask[word] >>> shift & ones;
            long low = key[word] >>> shift & known;
            return among(low, low | ones & ~known, least, most);
        }
    }

    /** A measure is, as an unsigned number, from one to another. */
    record Measured(int index, long least, long most) implements Expression {
        @Override
        public Truth test(long[] key, long[] mask, long[] measures) {
            return among(measures[index], measures[index], least, most);
        }
    }

    /** Of numbers between low and high: whether they lie within the limits. */
    private static Truth among(long low, long high, long least, long most) {
        if (Long.compareUnsigned(high, least) < 0 || Long.compareUnsigned(low, most) > 0) {
            return Truth.NO;
        }
        boolean within =
                Long.compareUnsigned(low, least) >= 0 && Long.compareUnsigned(high, most) <= 0;
        return within ? Truth.YES : Truth.MAYBE;
    }
}
