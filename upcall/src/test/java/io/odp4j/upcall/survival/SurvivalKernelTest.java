package io.odp4j.upcall.survival;

import static io.odp4j.upcall.TwoHosts.eventually;
import static io.odp4j.upcall.survival.Accounts.count;
import static io.odp4j.upcall.survival.Accounts.unaccounted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;
import io.odp4j.upcall.Agent;
import io.odp4j.upcall.AgentConfig;
import io.odp4j.upcall.AgentException;
import io.odp4j.upcall.StageHealth;
import io.odp4j.upcall.counter.Counter;
import io.odp4j.upcall.demo.Host;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What goes wrong around an agent on a real kernel's datapath, under a load of new flows. After
 * each trouble every packet must be accounted for, by the kernel's own counters too, every thread
 * alive, no descriptor lost, and forwarding right.
 *
 * <p>{@code -Dodp4j.survive.seconds} is how long each trouble lasts.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SurvivalKernelTest {
    private static final String DATAPATH = "survive";
    private static final int SECONDS = Integer.getInteger("odp4j.survive.seconds", 1);
    private static final int TIMES_A_SECOND = 20;

    private final Mood mood = new Mood();
    private Host h1;
    private Host h2;
    private Wire a;
    private Wire b;
    private Wire flapping;
    private RequestChannel channel;
    private OvsFamilies families;
    private Datapaths datapaths;

    @BeforeAll
    void wire() throws Exception {
        channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC);
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        h1 = Host.create("sh1", 1);
        h2 = Host.create("sh2", 2);
        a = Wire.create("sa", 1, 2);
        b = Wire.create("sb", 2, 1);
        flapping = Wire.create("sf", 3, 1);
    }

    @AfterAll
    void unwire() throws Exception {
        for (AutoCloseable one : new AutoCloseable[] {h1, h2, a, b, flapping, channel}) {
            one.close();
        }
    }

    @BeforeEach
    @AfterEach
    void deleteDatapath() throws NetlinkException {
        mood.calm();
        Datapath there = datapaths.find(DATAPATH).orElse(null);
        if (there != null) {
            datapaths.delete(there);
        }
    }

    private AgentConfig.Builder agent() throws Exception {
        return Agent.builder(DATAPATH)
                .ports(List.of(h1.port(), h2.port(), a.port(), b.port()))
                .policies(MoodyPolicy.of(mood))
                .ringSlots(128)
                .flowLimit(5000);
    }

    /** Something that goes on while there is load. */
    @FunctionalInterface
    private interface Trouble {
        void make(Agent agent) throws Exception;
    }

    private static void repeat(int seconds, int timesASecond, Trouble once, Agent agent)
            throws Exception {
        long until = System.nanoTime() + seconds * 1_000_000_000L;
        while (System.nanoTime() < until) {
            once.make(agent);
            Thread.sleep(1000 / timesASecond);
        }
    }

    private void survive(AgentConfig.Builder config, Trouble trouble, Counter... mustShow)
            throws Exception {
        try (Agent agent = config.start()) {
            try (Load warm = Load.start(8, a, b)) {
                assertThat(eventually(() -> warm.sent() > 500)).isTrue();
            }
            long descriptors = Accounts.descriptors();
            long threads = Thread.getAllStackTraces().size();
            try (Load load = Load.start(Wire.BATCH, a, b, flapping)) {
                trouble.make(agent);
                assertThat(load.sent()).isPositive();
            }
            mood.calm();
            settle(agent);
            for (Counter counter : mustShow) {
                assertThat(count(agent, counter)).as(counter.label()).isPositive();
            }
            assertThat(agent.await(1)).isFalse();
            assertThat(agent.health()).allMatch(s -> s.state() == StageHealth.State.OK);
            assertThat(Accounts.descriptors()).isEqualTo(descriptors);
            assertThat((long) Thread.getAllStackTraces().size()).isLessThanOrEqualTo(threads);
            forwardsRight(agent);
        }
    }

    /** Waits until all is handled; the kernel must have counted the same. */
    private void settle(Agent agent) throws Exception {
        assertThat(eventually(() -> unaccounted(agent) == 0 && missed() == misses(agent)))
                .as(
                        "%d unaccounted of %d; the kernel sent %d misses up, %d came",
                        unaccounted(agent),
                        count(agent, Counter.UPCALLS_RECEIVED),
                        missed(),
                        misses(agent))
                .isTrue();
    }

    private static long misses(Agent agent) {
        return count(agent, Counter.MISSES);
    }

    /** Misses that the kernel did not lose. */
    private long missed() {
        try {
            Datapath datapath = datapaths.get(DATAPATH);
            return datapath.stat("n_missed") - datapath.stat("n_lost");
        } catch (NetlinkException e) {
            return -1;
        }
    }

    private void forwardsRight(Agent agent) throws Exception {
        assertThat(agent.rounds().purge(20_000)).isTrue();
        h1.ping("10.0.0.2", 1, 56); // addresses may be learnt anew
        assertThat(h1.ping("10.0.0.2", 2, 56).ok()).isTrue();
        // A host may say something of its own meanwhile, which is flooded: then once more.
        assertThat(carriesAll(1000) || carriesAll(2000) || carriesAll(3000)).isTrue();
    }

    private boolean carriesAll(int firstFlow) throws Exception {
        long before = b.received();
        for (int i = 0; i < 100; i++) {
            a.send(firstFlow + i, 1);
            Thread.sleep(i % 10 == 9 ? 5 : 0); // the smallest of queues holds ten
        }
        return eventually(() -> receivedBy(b) - before >= 100) && receivedBy(b) - before == 100;
    }

    private static long receivedBy(Wire wire) {
        try {
            return wire.received();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    @Tag("kernel")
    void shouldSurvivePortsThatComeAndGo() throws Exception {
        Vports vports = new Vports(channel, families);
        survive(
                agent(),
                agent -> {
                    int datapath = datapaths.get(DATAPATH).ifindex();
                    repeat(
                            SECONDS,
                            TIMES_A_SECOND,
                            running -> {
                                Vport port =
                                        vports.add(
                                                datapath,
                                                flapping.port(),
                                                Vport.TYPE_NETDEV,
                                                new int[] {0},
                                                null);
                                Thread.sleep(500 / TIMES_A_SECOND);
                                vports.delete(port);
                            },
                            agent);
                    assertThat(eventually(() -> agent.ports() == 5)).isTrue();
                },
                Counter.PORTS_ADDED,
                Counter.PORTS_REMOVED);
    }

    @Test
    @Tag("kernel")
    void shouldCountWhatAnOverflowingQueueLosesAndGoOn() throws Exception {
        survive(
                agent().receiveBuffer(1 << 15).ringSlots(32),
                agent -> repeat(SECONDS, 10, running -> mood.pause.set(80), agent),
                Counter.UPCALLS_LOST_AT_SOCKET,
                Counter.RING_FULL);
        assertThat(datapaths.find(DATAPATH)).isEmpty();
    }

    @Test
    @Tag("kernel")
    void shouldSurviveAPolicyThatThrowsAndTalksNonsense() throws Exception {
        survive(
                agent(),
                agent -> {
                    mood.throwing = 1000;
                    mood.nonsense = 1000;
                    Thread.sleep(1000L * SECONDS);
                },
                Counter.POLICY_ERRORS,
                Counter.POLICY_DROPS,
                Counter.EXECUTE_FAILED,
                Counter.FLOW_INSTALL_INVALID);
    }

    @Test
    @Tag("kernel")
    void shouldSayThatAPolicyWaitsAndGoOnAfterwards() throws Exception {
        survive(
                agent(),
                agent -> {
                    mood.pause.set(Math.max(2500, 5000L * SECONDS / 10));
                    assertThat(eventually(() -> count(agent, Counter.STAGES_STUCK) > 0)).isTrue();
                    assertThat(
                                    eventually(
                                            () ->
                                                    agent.health().stream()
                                                            .allMatch(
                                                                    stage ->
                                                                            stage.state()
                                                                                    == StageHealth
                                                                                            .State
                                                                                            .OK)))
                            .isTrue();
                },
                Counter.STAGES_STUCK);
    }

    @Test
    @Tag("kernel")
    void shouldSurviveRulesThatAreReplacedTenTimesASecond() throws Exception {
        survive(
                agent(),
                agent ->
                        repeat(
                                SECONDS,
                                10,
                                running ->
                                        running.withPolicies(
                                                policy -> ((MoodyPolicy) policy).replaceRules()),
                                agent),
                Counter.REVALIDATIONS);
    }

    /**
     * All of it at once, for {@code -Dodp4j.soak.seconds}, 600 unless told. In the lab: {@code
     * bench/lab/junit --tag nightly-kernel}.
     */
    @Test
    @Tag("nightly-kernel")
    void shouldSurviveEverythingAtOnce() throws Exception {
        int seconds = Integer.getInteger("odp4j.soak.seconds", 600);
        Vports vports = new Vports(channel, families);
        List<Long> resident = new ArrayList<>();
        survive(
                agent().receiveBuffer(1 << 17),
                agent -> {
                    int datapath = datapaths.get(DATAPATH).ifindex();
                    int[] tick = {0};
                    mood.throwing = 50;
                    mood.nonsense = 50;
                    repeat(
                            seconds,
                            TIMES_A_SECOND,
                            running -> {
                                Vport port =
                                        vports.add(
                                                datapath,
                                                flapping.port(),
                                                Vport.TYPE_NETDEV,
                                                new int[] {0},
                                                null);
                                if (tick[0] % 2 == 0) {
                                    running.withPolicies(
                                            policy -> ((MoodyPolicy) policy).replaceRules());
                                }
                                if (tick[0] % 100 == 50) {
                                    mood.pause.set(tick[0] % 1000 == 50 ? 5000 : 300);
                                }
                                if (tick[0] % 300 == 299) {
                                    running.rounds().purge(30_000);
                                    resident.add(Accounts.residentKilobytes("self"));
                                }
                                tick[0]++;
                                vports.delete(port);
                            },
                            agent);
                    mood.calm();
                    assertThat(eventually(() -> agent.ports() == 5)).isTrue();
                    report(agent, seconds, resident);
                },
                Counter.POLICY_ERRORS,
                Counter.EXECUTE_FAILED,
                Counter.UPCALLS_LOST_AT_SOCKET,
                Counter.PORTS_REMOVED);
        // What has come to be by the first half may stay; nothing may grow without end.
        assertThat(resident.get(resident.size() - 1))
                .isLessThan(resident.get(resident.size() / 2) + 32 * 1024);
    }

    private void report(Agent agent, int seconds, List<Long> resident) throws NetlinkException {
        Datapath datapath = datapaths.get(DATAPATH);
        System.out.printf(
                "%d s: the kernel's hits %d, misses %d, lost %d; resident kB %s%n",
                seconds,
                datapath.stat("n_hit"),
                datapath.stat("n_missed"),
                datapath.stat("n_lost"),
                resident);
        long[] counters = agent.counters();
        for (Counter counter : Counter.values()) {
            if (counters[counter.ordinal()] != 0) {
                System.out.printf("%-26s %d%n", counter.label(), counters[counter.ordinal()]);
            }
        }
    }

    @Test
    @Tag("kernel")
    void shouldEndWhenItsDatapathIsDeletedUnderLoadAndStartAgain() throws Exception {
        long descriptors = Accounts.descriptors();
        try (Agent agent = agent().start();
                Load load = Load.start(Wire.BATCH, a, b)) {
            assertThat(eventually(() -> count(agent, Counter.DECIDED) > 100)).isTrue();
            deleteDatapath();
            assertThatThrownBy(() -> agent.await(10_000))
                    .isInstanceOf(AgentException.class)
                    .hasMessage("datapath " + DATAPATH + " was deleted");
            assertThat(load.sent()).isPositive();
        }
        // Fewer, where one that a test before had used was still to be closed when this one began.
        assertThat(Accounts.descriptors()).isLessThanOrEqualTo(descriptors);
        try (Agent agent = agent().start()) {
            settle(agent);
            forwardsRight(agent);
        }
    }
}
