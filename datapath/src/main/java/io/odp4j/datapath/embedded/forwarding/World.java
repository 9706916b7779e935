package io.odp4j.datapath.embedded.forwarding;

import io.odp4j.datapath.embedded.conntrack.Conntrack;
import io.odp4j.datapath.embedded.message.DeviceName;
import io.odp4j.datapath.embedded.message.Refusal;
import io.odp4j.datapath.embedded.message.Wire;
import io.odp4j.datapath.embedded.port.Device;
import io.odp4j.datapath.embedded.table.FlowTable;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.ovs.Vport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the server's requests and the devices' frames share: datapaths, devices, and one lock. A
 * frame and a request never see each other half done.
 */
public final class World {
    private final ReentrantLock lock = new ReentrantLock();
    private final Wire wire;
    private final Map<Integer, Switch> datapaths = new TreeMap<>();
    private final Map<String, PluggedDevice> devices = new HashMap<>();
    private final Supplier<FlowTable> tables;
    private final Upcalls upcalls;
    private final Samples samples;
    private final Conntrack conntrack = new Conntrack();
    private PluggedDevice[] touched = new PluggedDevice[16];
    private int touchedCount;
    private int lastIfindex = 1;
    private Consumer<SwitchPort> goneListener = port -> {};

    /**
     * @param tables makes the flow table of each datapath
     */
    public World(Wire wire, Supplier<FlowTable> tables) {
        this.tables = tables;
        this.wire = wire;
        this.upcalls = new Upcalls(wire.upcalls());
        this.samples = new Samples(wire);
    }

    /** The connections of all datapaths. */
    public Conntrack conntrack() {
        return conntrack;
    }

    public void enter() {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("a device must not send from within transmit");
        }
        lock.lock();
    }

    /** Sends what has been gathered, and lets others in. */
    public void leave() {
        try {
            wire.upcalls().flush();
            for (int i = 0; i < touchedCount; i++) {
                touched[i].flush();
                touched[i] = null;
            }
            touchedCount = 0;
        } finally {
            lock.unlock();
        }
    }

    /** Remembers a device that is to be told when the work under way is done. */
    void touched(PluggedDevice device) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, 2 * touched.length);
        }
        touched[touchedCount++] = device;
    }

    public Wire wire() {
        return wire;
    }

    /** Whom to tell of a port that went away with its device. */
    public void onGone(Consumer<SwitchPort> listener) {
        goneListener = listener;
    }

    // --- devices ---

    public PluggedDevice plug(Device device) {
        enter();
        try {
            String name = DeviceName.of(device.name());
            if (!DeviceName.isValid(name) || isTaken(name)) {
                throw new IllegalArgumentException(
                        device.name() + " cannot be a device's name, or is one already");
            }
            PluggedDevice link = new PluggedDevice(this, device, name, nextIfindex());
            devices.put(name, link);
            return link;
        } finally {
            leave();
        }
    }

    public void unplug(PluggedDevice link) {
        enter();
        try {
            if (devices.remove(link.name, link) && link.port != null) {
                SwitchPort port = link.port;
                detach(port);
                goneListener.accept(port);
            }
        } finally {
            leave();
        }
    }

    /** The device of that name, or null. */
    public PluggedDevice device(String name) {
        return devices.get(name);
    }

    private boolean isTaken(String name) {
        return name.equals("lo") || devices.containsKey(name) || port(name) != null;
    }

    // --- datapaths and ports ---

    /** Every datapath, by interface index. */
    public List<Switch> datapaths() {
        return new ArrayList<>(datapaths.values());
    }

    /** The datapath of that index. */
    public Switch datapath(int ifindex) throws Refusal {
        Switch datapath = datapaths.get(ifindex);
        Refusal.require(datapath != null, Errno.ENODEV);
        return datapath;
    }

    /** The vport of that name in any datapath, or null. */
    public SwitchPort port(String name) {
        for (Switch datapath : datapaths.values()) {
            SwitchPort port = datapath.port(name);
            if (port != null) {
                return port;
            }
        }
        return null;
    }

    /** Makes a datapath with its local port. */
    public Switch create(String name, int wanted, int features, int[] upcallPids) throws Refusal {
        int ifindex = newInterface(name, wanted);
        Switch datapath = new Switch(ifindex, features, tables, upcalls, samples, conntrack);
        datapath.add(new SwitchPort(datapath, Vport.LOCAL, name, ifindex, upcallPids));
        datapaths.put(ifindex, datapath);
        return datapath;
    }

    /**
     * The index of a new internal device.
     *
     * @param wanted the index that it shall have, or 0
     */
    public int newInterface(String name, int wanted) throws Refusal {
        Refusal.require(DeviceName.isValid(name));
        Refusal.require(!isTaken(name), Errno.EEXIST);
        if (wanted == 0) {
            return nextIfindex();
        }
        Refusal.require(!isTaken(wanted), Errno.EBUSY);
        return wanted;
    }

    private int nextIfindex() {
        do {
            lastIfindex++;
        } while (isTaken(lastIfindex));
        return lastIfindex;
    }

    /** Whether an interface has that index; 1 is the loopback device's. */
    private boolean isTaken(int ifindex) {
        boolean taken = ifindex == 1;
        for (PluggedDevice device : devices.values()) {
            taken |= device.ifindex() == ifindex;
        }
        for (Switch datapath : datapaths.values()) {
            for (SwitchPort port : datapath.ports()) {
                taken |= port.ifindex == ifindex;
            }
        }
        return taken;
    }

    public void delete(Switch datapath) {
        datapaths.remove(datapath.ifindex());
        for (SwitchPort port : datapath.ports()) {
            detach(port);
        }
    }

    /** Takes a port away from its datapath, and its device back. */
    public void detach(SwitchPort port) {
        port.datapath.remove(port);
        PluggedDevice link = devices.get(port.name);
        if (link != null) {
            link.port = null;
        }
    }
}
