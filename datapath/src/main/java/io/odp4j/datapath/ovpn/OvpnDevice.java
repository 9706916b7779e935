package io.odp4j.datapath.ovpn;

import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.SocketOption;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeSpec;
import java.util.List;

/** Requests about the peers and keys of one ovpn device. Not thread safe: it has one owner. */
public final class OvpnDevice implements AutoCloseable {
    private final FamilyClient client;
    private final int ifindex;

    private OvpnDevice(FamilyClient client, int ifindex) {
        this.client = client;
        this.ifindex = ifindex;
    }

    /**
     * Opens a channel for a device, which a link of kind {@code ovpn} is.
     *
     * @throws io.odp4j.datapath.netlink.FamilyNotFoundException if the kernel lacks ovpn
     */
    public static OvpnDevice open(int ifindex) throws NetlinkException {
        FamilyClient client = FamilyClient.open(OvpnFamily.SPEC);
        try {
            // An error would come with the request in it, and so with its keys.
            client.channel().socket().set(SocketOption.CAP_ACK, 1);
        } catch (NetlinkException e) {
            client.close();
            throw e;
        }
        return new OvpnDevice(client, ifindex);
    }

    /**
     * Adds a peer. A device that has one alone puts it in the place of the one before.
     *
     * @throws NetlinkException EEXIST there is one of that number, EINVAL something is missing
     */
    public void add(OvpnPeer peer) throws NetlinkException {
        client.call(client.operation("peer-new"), about(OvpnAttributes.PEER, peer.attributes()));
    }

    /** Changes a peer, which its number names. */
    public void change(OvpnPeer peer) throws NetlinkException {
        client.call(client.operation("peer-set"), about(OvpnAttributes.PEER, peer.attributes()));
    }

    /** Deletes a peer and its keys. */
    public void delete(int peer) throws NetlinkException {
        AttributeList named =
                new AttributeList(OvpnAttributes.PEER_TABLE).put(OvpnAttributes.PEER_ID, peer);
        client.call(client.operation("peer-del"), about(OvpnAttributes.PEER, named));
    }

    /** All peers of the device. */
    public List<OvpnPeer> peers() throws NetlinkException {
        AttributeList device =
                new AttributeList(OvpnAttributes.TABLE).put(OvpnAttributes.IFINDEX, ifindex);
        return client.list(client.operation("peer-get"), device).stream()
                .map(answer -> new OvpnPeer(answer.list(OvpnAttributes.PEER)))
                .toList();
    }

    /**
     * Installs a key. The key and the memory that it was sent from are cleared, also if the kernel
     * refuses it.
     */
    public void install(int peer, OvpnKey key) throws NetlinkException {
        RequestChannel channel = client.channel();
        try {
            MessageWriter w = channel.begin(client.family(), 0, OvpnAttributes.CMD_KEY_NEW);
            w.putU32(OvpnAttributes.IFINDEX.number(), ifindex);
            int nest = w.beginNest(OvpnAttributes.KEYCONF.number());
            w.putU32(OvpnAttributes.KEY_PEER_ID.number(), peer);
            w.putU32(OvpnAttributes.KEY_SLOT.number(), key.slot());
            w.putU32(OvpnAttributes.KEY_KEY_ID.number(), key.id());
            w.putU32(OvpnAttributes.KEY_CIPHER_ALG.number(), key.cipher());
            direction(
                    w,
                    OvpnAttributes.KEY_ENCRYPT_DIR.number(),
                    key.encryptKey(),
                    key.encryptNonce());
            direction(
                    w,
                    OvpnAttributes.KEY_DECRYPT_DIR.number(),
                    key.decryptKey(),
                    key.decryptNonce());
            w.endNest(nest);
            channel.execute("ovpn key-new");
        } finally {
            channel.clearRequest();
            key.clear();
        }
    }

    private static void direction(MessageWriter w, int type, byte[] key, byte[] nonce) {
        int nest = w.beginNest(type);
        w.putBytes(OvpnAttributes.DIRECTION_CIPHER_KEY.number(), key);
        w.putBytes(OvpnAttributes.DIRECTION_NONCE_TAIL.number(), nonce);
        w.endNest(nest);
    }

    /** Makes the secondary key the primary one, and the other way round. */
    public void swapKeys(int peer) throws NetlinkException {
        client.call(client.operation("key-swap"), about(OvpnAttributes.KEYCONF, named(peer)));
    }

    /** What is known of a key, but not the key. */
    public AttributeList key(int peer, int slot) throws NetlinkException {
        AttributeList wanted = named(peer).put(OvpnAttributes.KEY_SLOT, slot);
        return client.call(client.operation("key-get"), about(OvpnAttributes.KEYCONF, wanted))
                .get(0)
                .list(OvpnAttributes.KEYCONF);
    }

    /** Deletes a key. */
    public void deleteKey(int peer, int slot) throws NetlinkException {
        AttributeList wanted = named(peer).put(OvpnAttributes.KEY_SLOT, slot);
        client.call(client.operation("key-del"), about(OvpnAttributes.KEYCONF, wanted));
    }

    private static AttributeList named(int peer) {
        return new AttributeList(OvpnAttributes.KEY_TABLE).put(OvpnAttributes.KEY_PEER_ID, peer);
    }

    private AttributeList about(AttributeSpec part, AttributeList value) {
        return new AttributeList(OvpnAttributes.TABLE)
                .put(OvpnAttributes.IFINDEX, ifindex)
                .put(part, value);
    }

    @Override
    public void close() {
        client.close();
    }
}
