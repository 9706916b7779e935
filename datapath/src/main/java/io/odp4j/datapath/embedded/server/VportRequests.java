package io.odp4j.datapath.embedded.server;

import static io.odp4j.datapath.ovs.VportAttributes.IFINDEX;
import static io.odp4j.datapath.ovs.VportAttributes.NAME;
import static io.odp4j.datapath.ovs.VportAttributes.OPTIONS;
import static io.odp4j.datapath.ovs.VportAttributes.PORT_NO;
import static io.odp4j.datapath.ovs.VportAttributes.TYPE;
import static io.odp4j.datapath.ovs.VportAttributes.UPCALL_PID;
import static io.odp4j.datapath.ovs.VportAttributes.UPCALL_STATS;

import io.odp4j.datapath.embedded.forwarding.PluggedDevice;
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
import io.odp4j.datapath.ovs.VportAttributes;

/** The family ovs_vport. Types are netdev, on devices in memory, and internal. */
final class VportRequests implements Handler {
    private static final Policy POLICY =
            new Policy(UPCALL_STATS.number())
                    .u32(PORT_NO.number(), TYPE.number())
                    .name(NAME.number())
                    .nested(OPTIONS.number(), UPCALL_STATS.number())
                    .bytes(0, UPCALL_PID.number())
                    .bytes(64, VportAttributes.STATS.number())
                    .s32From(0, IFINDEX.number())
                    .s32From(Integer.MIN_VALUE, VportAttributes.NETNSID.number());

    private final World world;
    private final Wire wire;

    VportRequests(World world) {
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
            case VportAttributes.CMD_NEW -> create(request);
            case VportAttributes.CMD_DEL -> delete(request);
            case VportAttributes.CMD_SET -> set(request);
            default -> {
                write(request, find(request), VportAttributes.CMD_GET);
                wire.send(request.sender());
            }
        }
    }

    @Override
    public Dump<?> dump(Request request) throws Refusal {
        int sequence = request.sequence();
        int portId = request.sender();
        return new Dump<>(
                request,
                world.datapath(request.dpIfindex()).ports(),
                (w, port, flags, brief) ->
                        write(w, port, flags, sequence, portId, VportAttributes.CMD_GET));
    }

    private void create(Request request) throws Refusal {
        Refusal.require(request.has(NAME) && request.has(TYPE) && request.has(UPCALL_PID));
        boolean internal = request.u32(TYPE) == Vport.TYPE_INTERNAL;
        Refusal.require(internal || !request.has(IFINDEX), Errno.EOPNOTSUPP);
        int number = request.u32(PORT_NO, 0);
        requireNumber(number);
        Switch datapath = world.datapath(request.dpIfindex());
        if (number != 0) {
            Refusal.require(datapath.port(number) == null, Errno.EBUSY);
        } else {
            do {
                number++;
            } while (datapath.port(number) != null);
            Refusal.require(number < Vport.MAX_PORTS, Errno.EFBIG);
        }
        SwitchPort port = make(request, datapath, number);
        datapath.add(port);
        write(request, port, VportAttributes.CMD_NEW);
        Handler.notify(wire, request);
    }

    private SwitchPort make(Request request, Switch datapath, int number) throws Refusal {
        int type = request.u32(TYPE);
        boolean known = type == Vport.TYPE_NETDEV || type == Vport.TYPE_INTERNAL;
        Refusal.require(known, Errno.EAFNOSUPPORT);
        int[] upcallPids = request.words(UPCALL_PID);
        String name = request.name(NAME);
        switch (request.u32(TYPE)) {
            case Vport.TYPE_NETDEV -> {
                Refusal.require(!name.equals("lo"));
                PluggedDevice link = world.device(name);
                // An internal device is one too, but cannot be attached.
                Refusal.require(link != null || world.port(name) == null);
                Refusal.require(link != null, Errno.ENODEV);
                if (link.port != null) {
                    boolean here = link.port.datapath == datapath;
                    throw new Refusal(here ? Errno.EEXIST : Errno.EBUSY);
                }
                link.port = new SwitchPort(datapath, number, link, upcallPids);
                return link.port;
            }
            case Vport.TYPE_INTERNAL -> {
                return new SwitchPort(
                        datapath,
                        number,
                        name,
                        world.newInterface(name, request.u32(IFINDEX, 0)),
                        upcallPids);
            }
            default -> throw new Refusal(Errno.EAFNOSUPPORT);
        }
    }

    private void set(Request request) throws Refusal {
        SwitchPort port = find(request);
        Refusal.require(!request.has(TYPE) || request.u32(TYPE) == port.type);
        // Neither netdev nor internal has options.
        Refusal.require(!request.has(OPTIONS), Errno.EOPNOTSUPP);
        if (request.has(UPCALL_PID)) {
            port.upcallPids = request.words(UPCALL_PID);
        }
        write(request, port, VportAttributes.CMD_SET);
        Handler.notify(wire, request);
    }

    private void delete(Request request) throws Refusal {
        SwitchPort port = find(request);
        Refusal.require(port.number != Vport.LOCAL);
        write(request, port, VportAttributes.CMD_DEL);
        world.detach(port);
        Handler.notify(wire, request);
    }

    private SwitchPort find(Request request) throws Refusal {
        Refusal.require(!request.has(IFINDEX), Errno.EOPNOTSUPP);
        if (request.has(NAME)) {
            SwitchPort port = world.port(request.name(NAME));
            Refusal.require(port != null, Errno.ENODEV);
            int wanted = request.dpIfindex();
            Refusal.require(wanted == 0 || wanted == port.datapath.ifindex(), Errno.ENODEV);
            return port;
        }
        Refusal.require(request.has(PORT_NO));
        requireNumber(request.u32(PORT_NO));
        SwitchPort port = world.datapath(request.dpIfindex()).port(request.u32(PORT_NO));
        Refusal.require(port != null, Errno.ENODEV);
        return port;
    }

    private static void requireNumber(int number) throws Refusal {
        Refusal.require(Integer.compareUnsigned(number, Vport.MAX_PORTS) < 0, Errno.EFBIG);
    }

    /** Tells those who follow events that a port went away with its device. */
    static void tellGone(Wire wire, SwitchPort port) {
        if (wire.hasMembers(Family.VPORT.group)) {
            write(wire.begin(), port, 0, 0, 0, VportAttributes.CMD_DEL);
            wire.sendToGroup(Family.VPORT.group, 0);
        }
    }

    private void write(Request request, SwitchPort port, int command) {
        write(wire.begin(), port, 0, request.sequence(), request.sender(), command);
    }

    private static void write(
            MessageWriter w, SwitchPort port, int flags, int sequence, int portId, int command) {
        Switch datapath = port.datapath;
        Handler.begin(w, Family.VPORT, flags, sequence, portId, command, datapath.ifindex());
        w.putU32(PORT_NO.number(), port.number).putU32(TYPE.number(), port.type);
        DeviceName.put(w, NAME.number(), port.name);
        w.putU32(IFINDEX.number(), port.ifindex);
        port.stats.write(w);
        int nest = w.beginPlainNest(UPCALL_STATS.number());
        w.putU64(VportAttributes.UPCALL_SUCCESS.number(), port.upcallsQueued)
                .putU64(VportAttributes.UPCALL_FAIL.number(), port.upcallsLost);
        w.endNest(nest);
        if (datapath.hasFeature(DatapathAttributes.F_VPORT_PIDS)) {
            putWords(w, UPCALL_PID.number(), port.upcallPids);
        } else {
            w.putU32(UPCALL_PID.number(), port.upcallPids[0]);
        }
        w.end();
    }

    static void putWords(MessageWriter w, int type, int[] words) {
        int at = w.header(type, 4 * words.length);
        for (int i = 0; i < words.length; i++) {
            w.buffer().putInt(at + 4 * i, words[i]);
        }
    }
}
