package io.odp4j.datapath.ovpn;

import java.util.Arrays;

/**
 * A key of a peer: it is never shown, and {@link OvpnDevice#install} clears it.
 *
 * @param slot 0 primary, 1 secondary
 * @param id number in the packets, 0 to 7
 * @param cipher 1 AES-GCM, 2 ChaCha20-Poly1305
 * @param encryptKey for packets to the peer
 * @param encryptNonce last 8 bytes of their nonce
 * @param decryptKey for packets from the peer
 * @param decryptNonce last 8 bytes of their nonce
 */
public record OvpnKey(
        int slot,
        int id,
        int cipher,
        byte[] encryptKey,
        byte[] encryptNonce,
        byte[] decryptKey,
        byte[] decryptNonce) {

    /** Overwrites the secrets with zeros. */
    public void clear() {
        Arrays.fill(encryptKey, (byte) 0);
        Arrays.fill(encryptNonce, (byte) 0);
        Arrays.fill(decryptKey, (byte) 0);
        Arrays.fill(decryptNonce, (byte) 0);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "OvpnKey[slot=" + slot + ", id=" + id + ", cipher=" + cipher + "]";
    }
}
