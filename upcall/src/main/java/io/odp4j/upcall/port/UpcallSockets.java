package io.odp4j.upcall.port;

import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.reader.UpcallReader;
import io.odp4j.upcall.reader.UpcallSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where upcalls go: which sockets a vport is given, and which the CPUs.
 *
 * <pre>
 *   dispatch by vport   each vport   one socket per shard, picked by packet hash
 *                       each CPU     the own socket of shard CPU mod shards, in case another
 *                                    program switches the datapath to dispatch by CPU
 *   dispatch by CPU     each CPU     a socket of shard CPU mod shards
 *                       each vport   the own socket of the first shard, in case another program
 *                                    switches the datapath back
 * </pre>
 *
 * Not thread safe.
 */
public final class UpcallSockets {
    private static final Logger LOG = LoggerFactory.getLogger(UpcallSockets.class);

    private final List<SocketPool> shards = new ArrayList<>();
    private final int mostPerVport;
    private UpcallSource[] cpus = {};

    /**
     * @param readers of the shards, which read the sockets and close them at their end
     */
    public UpcallSockets(AgentConfig config, List<UpcallReader> readers) throws NetlinkException {
        for (UpcallReader reader : readers) {
            shards.add(new SocketPool(config.endpoint(), config.sockets(), reader, shards.size()));
        }
        // A kernel takes no more port ids for a vport than it has CPUs.
        int cpuCount = config.endpoint().isKernel() ? Cpus.possible() : Integer.MAX_VALUE;
        mostPerVport = Math.min(shards.size(), cpuCount);
        if (mostPerVport < shards.size() && config.sockets().dispatch() == DispatchMode.VPORT) {
            LOG.warn(
                    "of {} shards {} get upcalls: so many CPUs are there", shards.size(), cpuCount);
        }
    }

    /** Opens a socket for each CPU: upcalls are dispatched by CPU from now on. */
    void openForCpus(int count) throws NetlinkException {
        UpcallSource[] opened = new UpcallSource[count];
        for (int cpu = 0; cpu < count; cpu++) {
            opened[cpu] = shards.get(cpu % shards.size()).open("CPU " + cpu);
        }
        cpus = opened;
    }

    boolean perCpu() {
        return cpus.length > 0;
    }

    /** The port ids for the CPUs, of which there are {@code count}, by number. */
    int[] cpuPids(int count) {
        int[] pids = new int[count];
        for (int cpu = 0; cpu < count; cpu++) {
            UpcallSource source =
                    perCpu() ? cpus[cpu % cpus.length] : shards.get(cpu % shards.size()).own();
            pids[cpu] = source.socket().portId();
        }
        return pids;
    }

    /** The port id for userspace actions of a shard's flows. */
    public int ownPid(int shard) {
        return shards.get(shard).own().socket().portId();
    }

    /** The sockets of a vport, one for each shard or one for all. */
    UpcallSource[] acquire(String port) throws NetlinkException {
        if (perCpu()) {
            return new UpcallSource[] {shards.get(0).own()};
        }
        UpcallSource[] sources = new UpcallSource[mostPerVport];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = shards.get(i).acquire(port);
        }
        return sources;
    }

    /** Gives a vport's sockets back. */
    void release(UpcallSource[] sources, String port) {
        for (int i = 0; i < sources.length; i++) {
            shards.get(i).release(sources[i], port);
        }
    }

    static int[] portIds(UpcallSource[] sources) {
        int[] ids = new int[sources.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = sources[i].socket().portId();
        }
        return ids;
    }
}
