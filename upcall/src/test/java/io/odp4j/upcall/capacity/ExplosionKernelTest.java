package io.odp4j.upcall.capacity;

import io.odp4j.upcall.survival.Wire;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A tuple-space explosion, with the mask budget and without. */
@Tag("nightly-kernel")
class ExplosionKernelTest extends CapacityRun {
    /**
     * From 1 everything goes to 2. From 3 may pass what fits in one of three fields: to drop a
     * packet takes a bit of each, and 32 by 16 by 16 lengths of prefixes are 8,192 masks.
     */
    private static final String ALLOW_THREE =
            """
            priority=200,in_port=1,actions=output:2
            priority=100,udp,in_port=3,tp_dst=80,actions=output:4
            priority=90,udp,in_port=3,tp_src=12345,actions=output:4
            priority=80,udp,in_port=3,nw_src=10.9.9.9,actions=output:4
            priority=0,actions=drop
            """;

    private static final int SETTLE_SECONDS = 60;
    private static final int ALLOWED = 0x0a090909;

    @Test
    void shouldKeepAVictimsThroughputWhenTuplesExplode() throws Exception {
        explode(16_384, 0);
        explode(512, 32);
        explode(16_384, 32);
    }

    /**
     * The victim comes after the attack, so that its mask is the kernel's last: the kernel puts
     * masks that are used in front, every four seconds.
     *
     * @param addresses so many times 256 packets are the attack
     */
    private void explode(int budget, int addresses) throws Exception {
        try (Wire victim = Wire.create("c1", 1, 2);
                Wire served = Wire.create("c2", 2, 1);
                Wire attack = Wire.create("c3", 3, 4);
                Wire sink = Wire.create("c4", 4, 3);
                AgentSubject subject =
                        AgentSubject.start(
                                "-Xmx256m",
                                List.of(victim.port(), served.port(), attack.port(), sink.port()),
                                ALLOW_THREE,
                                "--mask-budget",
                                "" + budget,
                                "--idle-timeout",
                                "600")) {
            for (int ip = 0; ip < addresses; ip++) {
                for (int from = 0; from < 16; from++) {
                    for (int to = 0; to < 16; to++) {
                        attack.send(ALLOWED ^ 1 << ip, 12345 ^ 1 << from, 80 ^ 1 << to);
                    }
                    Thread.sleep(1);
                }
            }
            settle(subject);
            double carried = carried(victim, served);
            System.out.printf(
                    "explosion | budget %d | %d packets of attack, %d masks, %d flows, %d lost |"
                            + " refused for want of room %s | victim %.0f packets/s%n",
                    budget,
                    256 * addresses,
                    masks(subject),
                    stat(subject, "n_flows"),
                    stat(subject, "n_lost"),
                    refused(subject),
                    carried);
        }
    }

    /** Waits until every packet of the attack was decided: no more flows come. */
    private void settle(Subject subject) throws Exception {
        long before = -1;
        long flows = stat(subject, "n_flows");
        for (int i = 0; i < SETTLE_SECONDS && flows != before; i++) {
            Thread.sleep(1000);
            before = flows;
            flows = stat(subject, "n_flows");
        }
    }

    /** Flows that the kernel had no room for, and those not even tried for that reason. */
    private static String refused(AgentSubject subject) throws Exception {
        Matcher counters =
                Pattern.compile("(flow_install_no_room|flows_held_back) +([0-9]+)")
                        .matcher(subject.counters());
        StringBuilder told = new StringBuilder();
        while (counters.find()) {
            told.append(counters.group(1)).append(' ').append(counters.group(2)).append(' ');
        }
        return told.isEmpty() ? "none" : told.toString().strip();
    }

    /** Packets a second that get through in two seconds, each of another connection. */
    private double carried(Wire from, Wire to) throws Exception {
        from.send(1, 1);
        Thread.sleep(200);
        long received = to.received();
        long began = System.nanoTime();
        for (int i = 0; System.nanoTime() - began < 2_000_000_000L; i += Wire.BATCH) {
            from.send(i, Wire.BATCH);
        }
        return (to.received() - received) * 1e9 / (System.nanoTime() - began);
    }
}
