package io.odp4j.bench.upcall.traffic;

import io.odp4j.datapath.packet.FrameBuilder;
import java.util.ArrayList;
import java.util.List;

/**
 * A tuple-space explosion: three rules, each on another field, and frames that miss them at another
 * bit of each field. A megaflow for such a frame has a mask of its own.
 */
final class Explosion {
    private static final int ADDRESS = 0x0a00_0001;
    private static final int PORT = 0x1234;

    static final String RULES =
            "priority=30,udp,nw_src=10.0.0.1 actions=output:2\n"
                    + "priority=20,udp,tp_src=0x1234 actions=output:2\n"
                    + "priority=10,udp,tp_dst=0x1234 actions=output:2\n"
                    + "priority=1,in_port=1 actions=output:2\n";

    private Explosion() {}

    static List<byte[]> frames() {
        List<byte[]> frames = new ArrayList<>();
        for (int address = 0; address < Integer.SIZE; address++) {
            for (int source = 0; source < Short.SIZE; source++) {
                for (int destination = 0; destination < Short.SIZE; destination++) {
                    frames.add(
                            FrameBuilder.ethernet(0x0200_0000_0002L, 0x0200_0000_0001L)
                                    .ipv4(ADDRESS ^ 1 << address, 0x0a00_0002)
                                    .udp(PORT ^ 1 << source, PORT ^ 1 << destination)
                                    .payload(18)
                                    .build());
                }
            }
        }
        return frames;
    }
}
