package io.odp4j.datapath.embedded.table;

import java.util.Arrays;

/**
 * A ufid as a key of hash tables: 1 to 16 bytes. Ufids differ in few of their bits as a rule, so
 * that their hash is mixed; that of an array or a buffer would have thousands of them collide.
 */
public final class FlowName {
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;

    private final byte[] bytes;
    private final int hash;

    public FlowName(byte[] ufid) {
        bytes = ufid;
        long mixed = ufid.length;
        for (byte b : ufid) {
            mixed = Long.rotateLeft(mixed ^ b & 0xff, 8) * MULTIPLIER;
        }
        hash = (int) (mixed ^ mixed >>> 32);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlowName name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
