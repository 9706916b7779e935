package io.odp4j.datapath.embedded.differential;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The attributes of a key or mask that every kernel sends: CT_ZONE hangs on how it was built,
 * IPV6_EXTHDRS on how old it is. A hash is only there or not.
 */
final class KeyBytes {
    private KeyBytes() {}

    /** A list of actions without the zone of a ct action, which only kernels with zones name. */
    static byte[] withoutZone(byte[] actions) {
        ByteBuffer b = ByteBuffer.wrap(actions).order(ByteOrder.nativeOrder());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at + 4 <= actions.length; ) {
            int end = at + ((b.getShort(at) & 0xffff) + 3 & ~3);
            boolean tracks = (b.getShort(at + 2) & 0x3fff) == ActionAttributes.CT.number();
            int inner = tracks ? at + 4 : end;
            out.write(actions, at + (tracks ? 2 : 0), inner - at - (tracks ? 2 : 0));
            while (inner < end) {
                int next = inner + ((b.getShort(inner) & 0xffff) + 3 & ~3);
                if ((b.getShort(inner + 2) & 0x3fff) != ActionAttributes.CT_ZONE.number()) {
                    out.write(actions, inner, next - inner);
                }
                inner = next;
            }
            at = end;
        }
        return out.toByteArray();
    }

    static byte[] known(byte[] key) {
        ByteBuffer b = ByteBuffer.wrap(key).order(ByteOrder.nativeOrder());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at + 4 <= key.length; ) {
            int length = b.getShort(at) & 0xffff;
            int type = b.getShort(at + 2) & 0x3fff;
            if (length < 4 || at + length > key.length) {
                out.write(key, at, key.length - at);
                break;
            }
            boolean known =
                    type != KeyAttributes.CT_ZONE.number()
                            && type != KeyAttributes.IPV6_EXTHDRS.number();
            if (type == KeyAttributes.DP_HASH.number() && b.getInt(at + 4) != 0) {
                b.putInt(at + 4, -1);
            }
            if (type == KeyAttributes.ENCAP.number()) {
                byte[] inner = known(java.util.Arrays.copyOfRange(key, at + 4, at + length));
                out.writeBytes(new byte[] {(byte) (inner.length + 4), 0, 1, 0});
                out.writeBytes(inner);
            } else if (known) {
                out.write(key, at, Math.min(length + 3 & ~3, key.length - at));
            }
            at += length + 3 & ~3;
        }
        return out.toByteArray();
    }
}
