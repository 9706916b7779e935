package io.odp4j.datapath.ovs;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeCodec;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/** Requests of the ovs_datapath family. Not thread safe: it belongs to its channel's owner. */
public final class Datapaths {
    private final RequestChannel channel;
    private final OvsFamilies families;

    public Datapaths(RequestChannel channel, OvsFamilies families) {
        this.channel = channel;
        this.families = families;
    }

    /**
     * Makes a datapath with its local port.
     *
     * @param upcallPid port id for the local port's misses, 0 for none
     * @param features bits {@code DatapathAttributes.F_*}
     * @throws NetlinkException EEXIST if there is one of that name, or a device of that name
     */
    public Datapath create(String name, int upcallPid, int features) throws NetlinkException {
        AttributeList request =
                new AttributeList(DatapathAttributes.TABLE)
                        .put(DatapathAttributes.NAME, name)
                        .put(DatapathAttributes.UPCALL_PID, upcallPid & 0xffffffffL)
                        .put(DatapathAttributes.USER_FEATURES, features);
        return send("datapath new " + name, 0, DatapathAttributes.CMD_NEW, request);
    }

    /** The datapath of that name; empty if there is none. */
    public Optional<Datapath> find(String name) throws NetlinkException {
        try {
            return Optional.of(get(name));
        } catch (NetlinkException e) {
            if (e.is(Errno.ENODEV)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * The datapath of that name.
     *
     * @throws NetlinkException ENODEV if there is none
     */
    public Datapath get(String name) throws NetlinkException {
        return send("datapath get " + name, 0, DatapathAttributes.CMD_GET, named(name));
    }

    /** Every datapath of this network namespace. */
    public List<Datapath> list() throws NetlinkException {
        channel.begin(families.datapath(), 0, DatapathAttributes.CMD_GET).putRawU32(0);
        return channel.dumpAll("datapath dump", Datapath::decode);
    }

    /**
     * Sets features, all of them anew: the kernel clears what a SET does not name.
     *
     * @param perCpuPids port ids by CPU, or null; the kernel reads them only together with the
     *     feature for per-CPU dispatch, and keeps them when that is taken back
     */
    public Datapath setFeatures(Datapath datapath, int features, int[] perCpuPids)
            throws NetlinkException {
        AttributeList request =
                named(datapath.name()).put(DatapathAttributes.USER_FEATURES, features);
        if (perCpuPids != null) {
            request.put(DatapathAttributes.PER_CPU_PIDS, words(perCpuPids));
        }
        return set(datapath, request);
    }

    /**
     * Sets the size of the mask cache.
     *
     * @param entries a power of two, or 0 to switch it off
     */
    public Datapath setMasksCacheSize(Datapath datapath, int entries) throws NetlinkException {
        return set(
                datapath,
                named(datapath.name())
                        // Left out, the kernel would clear the features.
                        .put(DatapathAttributes.USER_FEATURES, datapath.userFeatures())
                        .put(DatapathAttributes.MASKS_CACHE_SIZE, entries));
    }

    private Datapath set(Datapath datapath, AttributeList request) throws NetlinkException {
        return send(
                "datapath set " + datapath.name(),
                datapath.ifindex(),
                DatapathAttributes.CMD_SET,
                request);
    }

    /** Deletes a datapath with its ports and flows. */
    public void delete(Datapath datapath) throws NetlinkException {
        MessageWriter writer =
                channel.begin(families.datapath(), 0, DatapathAttributes.CMD_DEL)
                        .putRawU32(datapath.ifindex());
        AttributeCodec.encode(named(datapath.name()), writer);
        channel.execute("datapath del " + datapath.name());
    }

    private static AttributeList named(String name) {
        return new AttributeList(DatapathAttributes.TABLE).put(DatapathAttributes.NAME, name);
    }

    private Datapath send(String operation, int ifindex, int command, AttributeList request)
            throws NetlinkException {
        MessageWriter writer = channel.begin(families.datapath(), MessageHeader.ECHO, command);
        writer.putRawU32(command == DatapathAttributes.CMD_NEW ? 0 : ifindex);
        AttributeCodec.encode(request, writer);
        return channel.query(operation, Datapath::decode);
    }

    static byte[] words(int[] numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.nativeOrder());
        for (int number : numbers) {
            bytes.putInt(number);
        }
        return bytes.array();
    }
}
