package io.odp4j.datapath.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** A real kernel, whose devices are a veth pair. */
@Tag("kernel")
@Tag("every-kernel")
class FlowExtractorKernelTest extends FlowExtractorContract {
    FlowExtractorKernelTest() {
        super(20_000);
    }

    @Override
    NetlinkEndpoint endpoint() {
        return NetlinkEndpoint.KERNEL_GENERIC;
    }

    @Override
    void connect(String one, String other) throws Exception {
        run("ip link add " + one + " type veth peer name " + other);
        for (String device : List.of(one, other)) {
            // No frames of the kernel's own.
            run("ip link set " + device + " addrgenmode none");
            run("ip link set " + device + " up");
        }
    }

    @Override
    void disconnect(String one, String other) throws Exception {
        run("ip link del " + one);
    }

    private static void run(String command) throws Exception {
        Process process = new ProcessBuilder(command.split(" ")).inheritIO().start();
        assertThat(process.waitFor()).as(command).isZero();
    }
}
