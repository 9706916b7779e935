package io.odp4j.upcall.cli.dpctl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.demo.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The features that {@code odp4j dpctl features} finds are those that ovs-vswitchd finds. It is
 * alone with its datapath: ovs-vswitchd deletes those that are not its own.
 */
@Tag("kernel")
class FeaturesKernelTest {
    private static final String DATAPATH = "ovs-system";

    /** Prints the features of a datapath that it leaves behind. */
    private static final String VSWITCHD =
            """
            set -e
            export OVS_RUNDIR=$(mktemp -d) && cd $OVS_RUNDIR
            export OVS_DBDIR=$OVS_RUNDIR OVS_LOGDIR=$OVS_RUNDIR
            ovsdb-tool create conf.db /usr/share/openvswitch/vswitch.ovsschema
            { ovsdb-server --detach --pidfile --no-chdir --remote=punix:$OVS_RUNDIR/db.sock conf.db
              ovs-vsctl --no-wait init
              ovs-vswitchd --detach --pidfile; } >log 2>&1
            ovs-vsctl add-br br0
            ovs-appctl -t ovs-vswitchd dpif/show-dp-features br0
            kill $(cat ovs-vswitchd.pid ovsdb-server.pid) >/dev/null 2>&1
            """;

    @AfterEach
    void deleteDatapath() {
        Tools.odp4j("del-dp", DATAPATH);
    }

    @Test
    void shouldFindTheFeaturesThatOvsVswitchdFinds() throws Exception {
        // An ovs-vswitchd that starts earlier counts no CPUs.
        while (Double.parseDouble(Files.readString(Path.of("/proc/uptime")).split(" ")[0]) < 11) {
            Thread.sleep(200);
        }
        Shell.Result theirs = Shell.run(List.of("bash", "-c", VSWITCHD));
        assertThat(theirs.ok()).as(theirs.output()).isTrue();
        List<String> expected = theirs.output().lines().filter(l -> l.contains(": ")).toList();
        assertThat(expected).hasSizeGreaterThan(20);

        String flowsBefore = Tools.odp4j("dump-flows", DATAPATH).out();
        String before = features();
        Tools.Result ours = Tools.odp4j("features", DATAPATH);
        assertThat(ours.status()).as(ours.err()).isZero();
        assertThat(features()).isEqualTo(before);
        assertThat(Tools.odp4j("dump-flows", DATAPATH).lines())
                .hasSameSizeAs(flowsBefore.lines().toList());
        // Open vSwitch 3.1 does not ask for the drop action of kernels from 6.6 on.
        assertThat(ours.lines().subList(0, expected.size()))
                .filteredOn(line -> !line.startsWith("Explicit Drop"))
                .containsExactlyElementsOf(
                        expected.stream().filter(l -> !l.startsWith("Explicit Drop")).toList());
        assertThat(ours.lines()).contains("Per-CPU upcall dispatch: Yes", "Max meters: 200000");
    }

    private static String features() {
        return Tools.odp4j("show", "--json", DATAPATH)
                .out()
                .replaceAll(".*(\"user_features\":[^,]*).*", "$1");
    }
}
