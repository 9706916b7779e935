package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.List;
import java.util.Optional;

/** Requests of the ovs_vport family. Not thread safe: it belongs to its channel's owner. */
public final class Vports {
    /** For a port's number: the kernel chooses. */
    public static final int ANY_NUMBER = -1;

    private final RequestChannel channel;
    private final OvsFamilies families;

    public Vports(RequestChannel channel, OvsFamilies families) {
        this.channel = channel;
        this.families = families;
    }

    /**
     * Attaches a device, or makes an internal or tunnel one.
     *
     * @param type one of {@code Vport.TYPE_*}
     * @param upcallPids where its misses go, picked by packet hash; a single 0 for nowhere
     * @param options of a tunnel, by {@link VportAttributes#OPTIONS_TABLE}; or null
     * @throws NetlinkException EEXIST attached already, ENODEV no such device, EINVAL not a device
     *     that can be a port, EAFNOSUPPORT unknown type
     */
    public Vport add(int dpIfindex, String name, int type, int[] upcallPids, AttributeList options)
            throws NetlinkException {
        return add(dpIfindex, name, ANY_NUMBER, type, upcallPids, options);
    }

    /**
     * As the other, with a number for the port.
     *
     * @param number 1 to 65534, or {@link #ANY_NUMBER}
     * @throws NetlinkException besides, EBUSY if the number is taken, EFBIG if it is too large
     */
    public Vport add(
            int dpIfindex,
            String name,
            int number,
            int type,
            int[] upcallPids,
            AttributeList options)
            throws NetlinkException {
        AttributeList request =
                new AttributeList(VportAttributes.TABLE)
                        .put(VportAttributes.NAME, name)
                        .put(VportAttributes.TYPE, type)
                        .put(VportAttributes.UPCALL_PID, Datapaths.words(upcallPids));
        if (number != ANY_NUMBER) {
            request.put(VportAttributes.PORT_NO, number);
        }
        if (options != null) {
            request.put(VportAttributes.OPTIONS, options);
        }
        return send("vport new " + name, dpIfindex, VportAttributes.CMD_NEW, request);
    }

    /** Says where a vport's misses go from now on. */
    public Vport setUpcallPids(Vport vport, int... upcallPids) throws NetlinkException {
        AttributeList request =
                new AttributeList(VportAttributes.TABLE)
                        .put(VportAttributes.PORT_NO, vport.number())
                        .put(VportAttributes.UPCALL_PID, Datapaths.words(upcallPids));
        return send(
                "vport set " + vport.name(), vport.dpIfindex(), VportAttributes.CMD_SET, request);
    }

    /** The vport of that name in any datapath; empty if there is none. */
    public Optional<Vport> find(String name) throws NetlinkException {
        try {
            return Optional.of(
                    send(
                            "vport get " + name,
                            0,
                            VportAttributes.CMD_GET,
                            new AttributeList(VportAttributes.TABLE)
                                    .put(VportAttributes.NAME, name)));
        } catch (NetlinkException e) {
            if (e.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Every vport of a datapath. */
    public List<Vport> list(int dpIfindex) throws NetlinkException {
        channel.begin(families.vport(), 0, VportAttributes.CMD_GET).putRawU32(dpIfindex);
        return channel.dumpAll("vport dump", Vport::decode);
    }

    /** Detaches a device, or deletes an internal or tunnel one. */
    public void delete(Vport vport) throws NetlinkException {
        channel.begin(families.vport(), 0, VportAttributes.CMD_DEL)
                .putRawU32(vport.dpIfindex())
                .putU32(VportAttributes.PORT_NO.number(), vport.number());
        channel.execute("vport del " + vport.name());
    }

    private Vport send(String operation, int dpIfindex, int command, AttributeList request)
            throws NetlinkException {
        MessageWriter writer = channel.begin(families.vport(), MessageHeader.ECHO, command);
        writer.putRawU32(dpIfindex);
        AttributeCodec.encode(request, writer);
        return channel.query(operation, Vport::decode);
    }
}
