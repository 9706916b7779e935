package io.odp4j.upcall.cli.dpctl;

import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.VportAttributes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Upcalls led to a socket of this process, for as long as this is open: those of chosen vports, or,
 * where the datapath dispatches by CPU, all of the datapath's. What was there before is put back.
 */
final class UpcallTap implements AutoCloseable {
    private record Former(Vport vport, int[] pids) {}

    private final Session session;
    private final List<Former> formers = new ArrayList<>();
    private final List<Vport> attached = new ArrayList<>();
    private Datapath dispatching;

    UpcallTap(Session session) {
        this.session = session;
    }

    static boolean dispatchesPerCpu(Datapath datapath) {
        return (datapath.userFeatures() & DatapathAttributes.F_DISPATCH_UPCALL_PER_CPU) != 0;
    }

    /** Leads a vport's misses to a port id. */
    void vport(Vport vport, int pid) throws NetlinkException {
        formers.add(new Former(vport, pids(vport.attributes().bytes(VportAttributes.UPCALL_PID))));
        session.vports().setUpcallPids(vport, pid);
    }

    /** Attaches a device whose misses go to a port id. */
    Vport attach(Datapath datapath, PortOptions port, int pid)
            throws NetlinkException, DpctlException {
        Vport vport =
                session.vports()
                        .add(
                                datapath.ifindex(),
                                port.name(),
                                port.number(),
                                port.vportType(),
                                new int[] {pid},
                                port.tunnelOptions());
        attached.add(vport);
        return vport;
    }

    /** Leads a datapath's upcalls of every CPU to a port id. */
    void everyCpu(Datapath datapath, int pid) throws NetlinkException {
        dispatching = datapath;
        // The kernel looks a CPU's port id up modulo the length of the array.
        session.datapaths().setFeatures(datapath, datapath.userFeatures(), new int[] {pid});
    }

    private static int[] pids(byte[] bytes) {
        if (bytes == null || bytes.length == 0) {
            return new int[] {0};
        }
        int[] pids = new int[bytes.length / 4];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asIntBuffer().get(pids);
        return pids;
    }

    @Override
    public void close() throws NetlinkException {
        for (Former former : formers) {
            unlessGone(() -> session.vports().setUpcallPids(former.vport(), former.pids()));
        }
        for (Vport vport : attached) {
            unlessGone(() -> session.vports().delete(vport));
        }
        if (dispatching != null) {
            int[] former = pids(dispatching.attributes().bytes(DatapathAttributes.PER_CPU_PIDS));
            int features = dispatching.userFeatures();
            unlessGone(() -> session.datapaths().setFeatures(dispatching, features, former));
        }
    }

    @FunctionalInterface
    private interface Request {
        void send() throws NetlinkException;
    }

    /** What was deleted meanwhile has nothing to be put back. */
    private static void unlessGone(Request request) throws NetlinkException {
        try {
            request.send();
        } catch (NetlinkException e) {
            if (!e.is(Errno.ENODEV) && !e.is(Errno.ENOENT)) {
                throw e;
            }
        }
    }
}
