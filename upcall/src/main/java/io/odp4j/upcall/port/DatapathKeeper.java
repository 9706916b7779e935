package io.odp4j.upcall.port;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.upcall.AgentConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The datapath itself: found or made, with the features that the agent relies on.
 *
 * <p>Other programs switch a datapath to per-CPU dispatch just by looking at it: ovs-dpctl does. So
 * port ids are registered for CPUs and for vports whatever the dispatch, and the features are put
 * back when they change; no upcall is lost in between.
 */
public final class DatapathKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatapathKeeper.class);
    private static final int BASE =
            DatapathAttributes.F_UNALIGNED | DatapathAttributes.F_VPORT_PIDS;
    private static final int PER_CPU = DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU;

    private final DispatchMode wanted;
    private final int cpus;
    private final RequestChannel channel;
    private final Datapaths datapaths;
    private final Datapath datapath;
    private final boolean made;
    private boolean knowsPerCpu;
    private int features = BASE;
    private int[] cpuPids;

    public DatapathKeeper(AgentConfig config, OvsFamilies families) throws NetlinkException {
        this.wanted = config.sockets().dispatch();
        // An embedded datapath takes every port for a CPU: as many as there are shards will do.
        this.cpus = config.endpoint().isKernel() ? Cpus.possible() : config.shards();
        this.channel = RequestChannel.open(config.endpoint());
        this.datapaths = new Datapaths(channel, families);
        try {
            Datapath found = datapaths.find(config.datapath()).orElse(null);
            made = found == null;
            if (made) {
                datapath = datapaths.create(config.datapath(), 0, BASE);
            } else {
                datapath = datapaths.setFeatures(found, BASE, null);
            }
        } catch (NetlinkException e) {
            channel.close();
            throw e;
        }
    }

    public Datapath datapath() {
        return datapath;
    }

    /** Whether the agent made the datapath, rather than found it. */
    public boolean made() {
        return made;
    }

    /** How upcalls are dispatched: by vport or by CPU. */
    public DispatchMode dispatch() {
        return (features & PER_CPU) != 0 ? DispatchMode.CPU : DispatchMode.VPORT;
    }

    /**
     * Registers sockets for the upcalls of every CPU, and chooses the dispatch. Before Linux 5.15
     * there is only dispatch by vport.
     *
     * @throws NetlinkException EOPNOTSUPP if dispatch by CPU is asked for and is not there
     */
    void registerCpus(UpcallSockets sockets) throws NetlinkException {
        try {
            datapaths.setFeatures(datapath, BASE | PER_CPU, sockets.cpuPids(cpus));
        } catch (NetlinkException e) {
            if (!e.is(Errno.EOPNOTSUPP) || wanted == DispatchMode.CPU) {
                throw e;
            }
            LOG.debug("the datapath has no per-CPU dispatch");
            return;
        }
        knowsPerCpu = true;
        if (wanted != DispatchMode.VPORT) {
            sockets.openForCpus(cpus);
            features = BASE | PER_CPU;
        }
        cpuPids = sockets.cpuPids(cpus);
        restore();
    }

    /** Puts the features back if they are not the agent's; true if they were not. */
    boolean restoreFeatures(Datapath changed) {
        boolean perCpu = (changed.userFeatures() & PER_CPU) != 0;
        if (changed.userFeatures() == features || perCpu && !knowsPerCpu) {
            return false;
        }
        try {
            // The agent may have set them since: what it hears of may be its own doing.
            if (datapaths.get(datapath.name()).userFeatures() == features) {
                return false;
            }
            restore();
            return true;
        } catch (NetlinkException e) {
            LOG.warn("{}", e.getMessage());
            return false;
        }
    }

    private void restore() throws NetlinkException {
        // The kernel reads the port ids only together with the feature, and then keeps them.
        datapaths.setFeatures(datapath, features, (features & PER_CPU) == 0 ? null : cpuPids);
    }

    /** Deletes the datapath with its ports and flows. */
    public void delete() throws NetlinkException {
        datapaths.delete(datapath);
    }

    @Override
    public void close() {
        channel.close();
    }
}
