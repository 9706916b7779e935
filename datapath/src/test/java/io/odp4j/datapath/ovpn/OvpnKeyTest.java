package io.odp4j.datapath.ovpn;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Keys are neither shown nor left lying about. */
class OvpnKeyTest {
    @Test
    void shouldNotShowAndThenForgetItsSecrets() {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) 0x77);
        byte[] nonce = new byte[8];
        Arrays.fill(nonce, (byte) 0x77);
        OvpnKey key = new OvpnKey(0, 1, 1, secret, nonce, secret.clone(), nonce.clone());
        assertThat(key).hasToString("OvpnKey[slot=0, id=1, cipher=1]");
        AttributeList direction =
                new AttributeList(OvpnAttributes.DIRECTION_TABLE)
                        .put(OvpnAttributes.DIRECTION_CIPHER_KEY, secret)
                        .put(OvpnAttributes.DIRECTION_NONCE_TAIL, nonce);
        assertThat(direction)
                .hasToString("cipher_key=(32 bytes not shown),nonce_tail=(8 bytes not shown)");
        key.clear();
        assertThat(secret).containsOnly(0);
        assertThat(nonce).containsOnly(0);
        assertThat(key.decryptKey()).containsOnly(0);
        assertThat(key.decryptNonce()).containsOnly(0);
    }

    @Test
    void shouldOverwriteARequestThatHeldASecret() throws NetlinkException {
        try (RequestChannel channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC)) {
            MessageWriter w = channel.begin(GenericFamily.CONTROL, 0, 1);
            w.putBytes(1, new byte[] {0x77, 0x77, 0x77, 0x77});
            int end = w.written();
            assertThat(w.buffer().getInt(end - 4)).isEqualTo(0x77777777);
            channel.clearRequest();
            for (int i = 0; i < end; i++) {
                assertThat(w.buffer().get(i)).isZero();
            }
        }
    }
}
