package io.odp4j.bench.upcall.kernel;

import io.odp4j.bench.upcall.LimitProgram;
import io.odp4j.bench.upcall.UpcallOptions;
import io.odp4j.bench.upcall.result.UpcallResults;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Vport;
import java.io.IOException;
import java.util.List;

/** A program that only moves messages, on a datapath that is made for it. */
final class LimitSubject implements KernelSubject {
    private final KernelDatapath kernel;
    private final String name;
    private final List<String> command;
    private LimitProgram program;
    private String datapath;

    private LimitSubject(KernelDatapath kernel, String name, List<String> command) {
        this.kernel = kernel;
        this.name = name;
        this.command = command;
    }

    static LimitSubject inC(KernelDatapath kernel) throws IOException, InterruptedException {
        return new LimitSubject(kernel, UpcallResults.LIMIT, LimitProgram.inC());
    }

    static LimitSubject onJvm(KernelDatapath kernel) {
        return new LimitSubject(kernel, UpcallResults.BARE, LimitProgram.onJvm());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean compilesItself() {
        return name.equals(UpcallResults.BARE);
    }

    @Override
    public void start(UpcallOptions options, Veths ports) throws IOException, InterruptedException {
        datapath = options.datapath() + "-" + name;
        kernel.deleteIfThere(datapath);
        Datapath made = kernel.datapaths().create(datapath, 0, DatapathAttributes.F_UNALIGNED);
        Vport in = add(made, ports.in());
        Vport out = add(made, ports.out());
        program =
                LimitProgram.start(
                        command,
                        NetlinkEndpoint.KERNEL_GENERIC,
                        kernel.families(),
                        made.ifindex(),
                        out.number());
        kernel.vports().setUpcallPids(in, program.portId());
    }

    private Vport add(Datapath made, String device) throws IOException {
        return kernel.vports().add(made.ifindex(), device, Vport.TYPE_NETDEV, new int[] {0}, null);
    }

    @Override
    public String datapath() {
        return datapath;
    }

    @Override
    public long pid() {
        return program.pid();
    }

    @Override
    public void purge() throws IOException {
        kernel.flush(datapath);
    }

    @Override
    public void close() throws IOException {
        if (program != null) {
            program.close();
        }
        if (datapath != null) {
            kernel.deleteIfThere(datapath);
        }
    }
}
