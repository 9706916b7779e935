package io.odp4j.datapath.embedded.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.ovs.KernelRig;
import java.io.IOException;
import java.util.List;

/**
 * The kernel's datapath. Its devices are ends of veth pairs; the other ends are ports of a second
 * datapath, through which frames go in (EXECUTE) and come out (MISS).
 */
final class KernelSubject extends Subject {
    private final KernelRig outside;
    private final int[] ports = new int[Step.DEVICES.length];

    private KernelSubject(KernelRig outside) throws NetlinkException {
        super(NetlinkEndpoint.KERNEL_GENERIC);
        this.outside = outside;
        for (int i = 0; i < ports.length; i++) {
            ports[i] = outside.add("o" + Step.DEVICES[i], outside.upcalls.portId()).number();
        }
    }

    static KernelSubject open() throws Exception {
        for (String device : Step.DEVICES) {
            command("ip link add " + device + " type veth peer name o" + device);
            for (String end : List.of(device, "o" + device)) {
                // No frames of the kernel's own, and all that fit a packet.
                command("ip link set " + end + " addrgenmode none");
                command("ip link set " + end + " mtu 65535");
                command("ip link set " + end + " up");
            }
        }
        return new KernelSubject(new KernelRig(OUTSIDE));
    }

    @Override
    void inject(int device, byte[] frame) throws NetlinkException {
        outside.execute(frame, new byte[0], outside.output(ports[device]));
    }

    @Override
    void frames(List<String> lines) throws NetlinkException {
        while (outside.receive(0)) {
            int port = outside.key().inPort();
            for (int i = 0; i < ports.length; i++) {
                if (ports[i] == port) {
                    String frame = Step.hex(outside.packetBytes());
                    lines.add("sent by " + Step.DEVICES[i] + ": " + frame);
                }
            }
        }
    }

    @Override
    public void close() throws NetlinkException {
        super.close();
        outside.close();
        for (String device : Step.DEVICES) {
            try {
                command("ip link del " + device);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void command(String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(line.split(" ")).inheritIO().start();
        assertThat(process.waitFor()).as(line).isZero();
    }
}
