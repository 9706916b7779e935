package io.odp4j.bench.upcall.embedded;

import io.odp4j.bench.upcall.LimitProgram;
import io.odp4j.bench.upcall.ProcessMemory;
import io.odp4j.bench.upcall.Rig;
import io.odp4j.bench.upcall.UpcallOptions;
import io.odp4j.bench.upcall.result.Load;
import io.odp4j.bench.upcall.result.Sample;
import io.odp4j.bench.upcall.result.UpcallResults;
import io.odp4j.bench.upcall.traffic.Traffic;
import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.embedded.CachedFlowTable;
import java.io.IOException;
import java.util.List;

/** An embedded datapath with two devices in memory. */
public final class EmbeddedRig implements Rig {
    private static final String IN = "in";
    private static final String OUT = "out";
    private static final int LOOKS = 200;
    private static final long PAUSE_MILLIS = 5;

    private final String name;
    private final String datapath;
    private final Traffic traffic;
    private final EmbeddedDatapath embedded;
    private final RequestChannel channel;
    private final OvsFamilies families;
    private final Datapaths datapaths;
    private final FrameLoop frames;
    private EmbeddedSubject subject;

    private EmbeddedRig(String name, UpcallOptions options) throws NetlinkException {
        this.name = name;
        this.datapath = options.datapath();
        this.traffic = options.traffic();
        embedded = EmbeddedDatapath.open(CachedFlowTable::new);
        channel = RequestChannel.open(embedded.endpoint());
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        frames = new FrameLoop(embedded, IN, OUT, options.traffic());
    }

    /** One whose upcalls odp4j's agent answers, in this process. */
    public static EmbeddedRig odp4j(UpcallOptions options)
            throws IOException, InterruptedException {
        EmbeddedRig rig = new EmbeddedRig(UpcallResults.ODP4J, options);
        rig.subject = AgentSubject.start(options, rig.embedded.endpoint(), List.of(IN, OUT));
        return rig;
    }

    /** One whose upcalls the C program answers that only moves messages. */
    public static EmbeddedRig limit(UpcallOptions options)
            throws IOException, InterruptedException {
        EmbeddedRig rig = new EmbeddedRig(UpcallResults.LIMIT, options);
        Datapath made = rig.datapaths.create(options.datapath(), 0, DatapathAttributes.F_UNALIGNED);
        Vports vports = new Vports(rig.channel, rig.families);
        Vport in = vports.add(made.ifindex(), IN, Vport.TYPE_NETDEV, new int[] {0}, null);
        Vport out = vports.add(made.ifindex(), OUT, Vport.TYPE_NETDEV, new int[] {0}, null);
        LimitProgram program =
                LimitProgram.start(
                        LimitProgram.inC(),
                        rig.embedded.endpoint(),
                        rig.families,
                        made.ifindex(),
                        out.number());
        vports.setUpcallPids(in, program.portId());
        rig.subject = new LimitSubject(program, new Flows(rig.channel, rig.families, made));
        return rig;
    }

    @Override
    public String subject() {
        return name;
    }

    /** Datapath and generator do, whatever the subject does. */
    @Override
    public boolean compilesItself() {
        return true;
    }

    @Override
    public Sample run(Load load, long millis) throws IOException, InterruptedException {
        subject.purge();
        for (int i = 0; i < LOOKS && stat("n_flows") > 0; i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        long missed = stat("n_missed");
        long cpu = subject.cpuNanos();
        frames.run(load, millis);
        long cpuNanos = subject.cpuNanos() - cpu;
        long arrived = frames.arrived();
        long upcalls = stat("n_missed") - missed;
        long setups = traffic.setups(arrived, upcalls);
        // The last flows are installed behind the last packets.
        for (int i = 0; i < LOOKS && traffic.isAllNew() && stat("n_flows") < setups; i++) {
            Thread.sleep(PAUSE_MILLIS);
        }
        return new Sample(
                frames.sent(),
                arrived,
                setups,
                upcalls,
                frames.overtaken(),
                frames.nanos(),
                cpuNanos,
                stat("n_flows"),
                ProcessMemory.resident(subject.pid()),
                frames.latency());
    }

    private long stat(String field) throws NetlinkException {
        return datapaths.get(datapath).stat(field);
    }

    @Override
    public void close() throws IOException {
        if (subject != null) {
            subject.close();
        }
        frames.close();
        channel.close();
        embedded.close();
    }
}
