package io.odp4j.datapath.embedded.server;

import static io.odp4j.datapath.ovs.DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU;
import static io.odp4j.datapath.ovs.DatapathAttributes.F_UNALIGNED;
import static io.odp4j.datapath.ovs.DatapathAttributes.F_VPORT_PIDS;
import static io.odp4j.datapath.ovs.DatapathAttributes.IFINDEX;
import static io.odp4j.datapath.ovs.DatapathAttributes.MASKS_CACHE_SIZE;
import static io.odp4j.datapath.ovs.DatapathAttributes.NAME;
import static io.odp4j.datapath.ovs.DatapathAttributes.PER_CPU_PIDS;
import static io.odp4j.datapath.ovs.DatapathAttributes.UPCALL_PID;
import static io.odp4j.datapath.ovs.DatapathAttributes.USER_FEATURES;

import io.odp4j.datapath.embedded.forwarding.Switch;
import io.odp4j.datapath.embedded.forwarding.SwitchPort;
import io.odp4j.datapath.embedded.forwarding.World;
import io.odp4j.datapath.embedded.message.DeviceName;
import io.odp4j.datapath.embedded.message.Dump;
import io.odp4j.datapath.embedded.message.Family;
import io.odp4j.datapath.embedded.message.Handler;
import io.odp4j.datapath.embedded.message.Policy;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Request;
import io.odp4j.datapath.embedded.message.Wire;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Vport;
import java.nio.ByteBuffer;

/** The family ovs_datapath. */
final class DatapathRequests implements Handler {
    private static final int KNOWN = F_UNALIGNED | F_VPORT_PIDS | F_DISPATCH_UPCALL_PER_CPU;
    private static final int LARGEST_CACHE = 4096;
    private static final Policy POLICY =
            new Policy(IFINDEX.number())
                    .name(NAME.number())
                    .u32(UPCALL_PID.number(), USER_FEATURES.number())
                    .u32UpTo(LARGEST_CACHE, MASKS_CACHE_SIZE.number())
                    .bytes(4, PER_CPU_PIDS.number())
                    .s32From(0, IFINDEX.number());

    /** Before this version a client knows no features. */
    private static final int VERSION_FEATURES = 2;

    private final World world;
    private final Wire wire;

    DatapathRequests(World world) {
        this.world = world;
        this.wire = world.wire();
    }

    @Override
    public Policy policy(int command) {
        return POLICY;
    }

    @Override
    public void handle(Request request) throws Refusal {
        request.parse(POLICY);
        switch (request.command()) {
            case DatapathAttributes.CMD_NEW -> create(request);
            case DatapathAttributes.CMD_DEL -> delete(request);
            case DatapathAttributes.CMD_SET -> set(request);
            default -> {
                write(wire.begin(), find(request), request, 0, DatapathAttributes.CMD_GET);
                wire.send(request.sender());
            }
        }
    }

    @Override
    public Dump<?> dump(Request request) {
        int sequence = request.sequence();
        int portId = request.sender();
        return new Dump<>(
                request,
                world.datapaths(),
                (w, datapath, flags, brief) ->
                        write(w, datapath, flags, sequence, portId, DatapathAttributes.CMD_GET));
    }

    private void create(Request request) throws Refusal {
        Refusal.require(request.has(NAME) && request.has(UPCALL_PID));
        checkFeatures(request);
        Switch datapath;
        try {
            datapath =
                    world.create(
                            request.name(NAME),
                            request.u32(IFINDEX, 0),
                            request.u32(USER_FEATURES, 0),
                            request.words(UPCALL_PID));
        } catch (Refusal e) {
            if (e.errno() == Errno.EEXIST && request.version() < VERSION_FEATURES) {
                // The name may be a device's that is no datapath.
                SwitchPort port = world.port(request.name(NAME));
                if (port != null && port.number == Vport.LOCAL) {
                    port.datapath.features = 0;
                }
            }
            throw e;
        }
        change(datapath, request);
        write(wire.begin(), datapath, request, 0, DatapathAttributes.CMD_NEW);
        Handler.notify(wire, request);
    }

    private void set(Request request) throws Refusal {
        Switch datapath = find(request);
        checkFeatures(request);
        change(datapath, request);
        write(wire.begin(), datapath, request, 0, DatapathAttributes.CMD_SET);
        Handler.notify(wire, request);
    }

    private void delete(Request request) throws Refusal {
        Switch datapath = find(request);
        write(wire.begin(), datapath, request, 0, DatapathAttributes.CMD_DEL);
        world.delete(datapath);
        Handler.notify(wire, request);
    }

    private Switch find(Request request) throws Refusal {
        if (!request.has(NAME)) {
            return world.datapath(request.dpIfindex());
        }
        SwitchPort port = world.port(request.name(NAME));
        Refusal.require(port != null && port.number == Vport.LOCAL, Errno.ENODEV);
        return port.datapath;
    }

    private static void checkFeatures(Request request) throws Refusal {
        Refusal.require((request.u32(USER_FEATURES, 0) & ~KNOWN) == 0, Errno.EOPNOTSUPP);
        Refusal.require(Integer.bitCount(request.u32(MASKS_CACHE_SIZE, 0)) <= 1);
        if ((request.u32(USER_FEATURES, 0) & F_DISPATCH_UPCALL_PER_CPU) != 0
                && request.has(PER_CPU_PIDS)) {
            request.words(PER_CPU_PIDS);
        }
    }

    /** Takes over what was checked: a request without features clears them. */
    private static void change(Switch datapath, Request request) throws Refusal {
        datapath.features = request.u32(USER_FEATURES, 0);
        datapath.masksCacheSize = request.u32(MASKS_CACHE_SIZE, datapath.masksCacheSize);
        if (datapath.isPerCpu() && request.has(PER_CPU_PIDS)) {
            datapath.cpuPids = request.words(PER_CPU_PIDS);
        }
    }

    private static void write(
            MessageWriter w, Switch datapath, Request request, int flags, int command) {
        write(w, datapath, flags, request.sequence(), request.sender(), command);
    }

    private static void write(
            MessageWriter w, Switch datapath, int flags, int sequence, int portId, int command) {
        Handler.begin(w, Family.DATAPATH, flags, sequence, portId, command, datapath.ifindex());
        DeviceName.put(w, NAME.number(), datapath.name());
        int at = w.header(DatapathAttributes.STATS.number(), 32);
        ByteBuffer b = w.buffer();
        b.putLong(at, datapath.hits).putLong(at + 8, datapath.misses);
        b.putLong(at + 16, datapath.lost).putLong(at + 24, datapath.flowCount());
        at = w.header(DatapathAttributes.MEGAFLOW_STATS.number(), 32);
        b.putLong(at, datapath.masksTried());
        b.putInt(at + 8, datapath.masks()).putInt(at + 12, 0);
        b.putLong(at + 16, 0).putLong(at + 24, 0);
        w.putU32(USER_FEATURES.number(), datapath.features);
        w.putU32(MASKS_CACHE_SIZE.number(), datapath.masksCacheSize);
        if (datapath.isPerCpu() && datapath.cpuPids.length > 0) {
            VportRequests.putWords(w, PER_CPU_PIDS.number(), datapath.cpuPids);
        }
        w.end();
    }
}
