package io.odp4j.datapath.flow;

/**
 * Which bits of a {@link FlowKey} a flow matches: the same words and fields, a bit set where the
 * packet's bit must be equal.
 *
 * <p>In netlink form a mask is a key of its own with the same attributes; one that it does not
 * carry is wildcarded, and so is one of zeros. The kernel reads IN_PORT and ETHERTYPE as exact
 * whenever they have a bit set, and recirc_id as wildcarded when it is not there.
 */
public final class FlowMask {
    private final FlowKey bits = new FlowKey();

    /** The mask in the layout of a key, to be decoded into and encoded from. */
    public FlowKey bits() {
        return bits;
    }

    public long[] words() {
        return bits.words();
    }

    public FlowMask clear() {
        bits.clear();
        return this;
    }

    /** Makes the whole field significant. */
    public FlowMask exact(FlowField field) {
        for (int w = 0; w < field.words(); w++) {
            words()[field.word() + w] |= field.wordMask();
        }
        return this;
    }

    /** Makes the {@code length} most significant bits of a field significant. */
    public FlowMask prefix(FlowField field, int length) {
        if (length < 0 || length > field.bits()) {
            throw new IllegalArgumentException(field.fieldName() + " has no /" + length);
        }
        if (field.bits() < 64) {
            long ones = length == 0 ? 0 : -1L << field.bits() - length;
            words()[field.word()] |= ones << field.shift() & field.wordMask();
            return this;
        }
        for (int w = 0; w * 64 < length; w++) {
            int here = Math.min(64, length - w * 64);
            words()[field.word() + w] |= -1L << 64 - here;
        }
        return this;
    }

    /** Whether two keys are equal in every bit of the mask. */
    public boolean matches(FlowKey a, FlowKey b) {
        long[] m = words();
        long[] x = a.words();
        long[] y = b.words();
        long differ = 0;
        for (int i = 0; i < FlowKey.MATCH_WORDS; i++) {
            differ |= (x[i] ^ y[i]) & m[i];
        }
        for (int i = FlowKey.TUN_OPTS_WORD; i < FlowKey.WORDS; i++) {
            differ |= (x[i] ^ y[i]) & m[i];
        }
        return differ == 0;
    }

    /**
     * Adds what a datapath matches without saying so: a VLAN tag that the mask does not carry must
     * not be there.
     */
    public FlowMask addAbsentTags() {
        if (!bits.carries(KeyAttributes.VLAN.number())) {
            exact(FlowField.VLAN_TCI);
        }
        if ((words()[FlowKey.ATTRIBUTES] & FlowKey.CARRIES_CVLAN) == 0) {
            exact(FlowField.CVLAN_TCI);
        }
        return this;
    }

    /** Whether every bit of this mask is one of {@code other}: it matches as much or more. */
    public boolean isWithin(FlowMask other) {
        long[] mine = words();
        long[] theirs = other.words();
        long beyond = 0;
        for (int i = 0; i < FlowKey.MATCH_WORDS; i++) {
            beyond |= mine[i] & ~theirs[i];
        }
        for (int i = FlowKey.TUN_OPTS_WORD; i < FlowKey.WORDS; i++) {
            beyond |= mine[i] & ~theirs[i];
        }
        return beyond == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowMask that && bits.equals(that.bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    @Override
    public String toString() {
        return bits.toString();
    }
}
