package io.odp4j.upcall.capacity;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What an agent bears on a real kernel's datapath is measured, and printed for the documentation:
 * {@code bench/lab/junit --tag nightly-kernel}. A run fails only if packets are lost that must not
 * be, or memory runs over.
 */
abstract class CapacityRun {
    /** Each UDP flow misses; from 1 to 2 and from 3 to 4. */
    static final String PAIRS =
            """
            priority=100,udp,in_port=1,actions=move:OXM_OF_UDP_DST[]->NXM_NX_REG0[0..15],\
            move:OXM_OF_UDP_SRC[]->NXM_NX_REG1[0..15],output:2
            priority=100,udp,in_port=3,actions=move:OXM_OF_UDP_DST[]->NXM_NX_REG0[0..15],\
            move:OXM_OF_UDP_SRC[]->NXM_NX_REG1[0..15],output:4
            priority=0,actions=drop
            """;

    private RequestChannel channel;
    private Datapaths datapaths;

    @BeforeEach
    void open() throws Exception {
        channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC);
        datapaths = new Datapaths(channel, OvsFamilies.resolve(channel));
    }

    @AfterEach
    void close() {
        channel.close();
    }

    final long stat(Subject subject, String name) throws Exception {
        Datapath datapath = datapaths.get(subject.datapath());
        return datapath.stat(name);
    }

    final long masks(Subject subject) throws Exception {
        return datapaths
                .get(subject.datapath())
                .attributes()
                .struct(DatapathAttributes.MEGAFLOW_STATS)
                .number("n_masks");
    }

    static long descriptors(Subject subject) throws Exception {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + subject.pid() + "/fd"))) {
            return open.count();
        }
    }

    static long residentMegabytes(Subject subject) throws Exception {
        for (String line : Files.readAllLines(Path.of("/proc/" + subject.pid() + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return -1;
    }
}
