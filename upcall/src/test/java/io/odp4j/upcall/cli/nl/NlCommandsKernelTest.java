package io.odp4j.upcall.cli.nl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.upcall.cli.CommandRun;
import io.odp4j.upcall.cli.Odp4j;
import io.odp4j.upcall.demo.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code odp4j nl} and its short forms against a kernel, with {@code ip} as the witness. */
@Tag("kernel")
class NlCommandsKernelTest {
    @BeforeEach
    void makeAMachine() throws Exception {
        for (String words :
                List.of(
                        "link add cbr type bridge",
                        "link add cp0 type dummy",
                        "link add cp1 type dummy",
                        "link set cp0 master cbr",
                        "link add cvx type vxlan id 5 dstport 7005",
                        "link set cp1 up",
                        "link set cp0 up",
                        "link set cbr up",
                        "addr add 10.33.0.1/24 dev cp1",
                        "addr add 10.34.0.1/24 dev cbr",
                        "route add 10.35.0.0/16 via 10.33.0.2 table 77",
                        "route add 10.36.0.0/16 via 10.33.0.2 proto static",
                        "route add 10.37.0.0/16 via 10.34.0.2 proto bgp",
                        "route add blackhole 10.38.0.0/16",
                        "neigh add 10.33.0.7 lladdr 02:00:00:00:00:07 dev cp1",
                        "neigh add 10.34.0.7 lladdr 02:00:00:00:00:07 dev cbr",
                        "nexthop add id 1 via 10.33.0.2 dev cp1",
                        "nexthop add id 2 via 10.34.0.2 dev cbr",
                        "nexthop add id 3 group 1/2")) {
            Shell.must("ip " + words);
        }
    }

    @AfterEach
    void takeItAway() throws Exception {
        for (String link : List.of("cvx", "cp0", "cp1", "cbr")) {
            Shell.must("ip link del " + link);
        }
        Shell.run(List.of("ip nexthop flush".split(" ")));
        Shell.run(List.of("ip route flush table 77".split(" ")));
        Shell.run(List.of("ip route del blackhole 10.38.0.0/16".split(" ")));
    }

    @Test
    void shouldFilterAsTheKernelDoesForIp() throws Exception {
        same("ifname", "link show master cbr", "link", "show", "master=cbr");
        same("ifname", "link show type vxlan", "link", "show", "linkinfo.kind=vxlan");
        same("local", "addr show dev cp1", "addr", "show", "ifa_index=cp1");
        same("local", "-4 addr show dev cp1", "addr", "show", "ifa_index=cp1", "ifa_family=inet");
        String[] inet = {"route", "show", "rtm_family=inet"};
        same("dst", "route show table 77", with(inet, "table=77"));
        same("dst", "route show table main dev cbr", with(inet, "table=254", "oif=cbr"));
        same("dst", "route show table main proto bgp", with(inet, "table=254", "rtm_protocol=bgp"));
        same(
                "dst",
                "route show table main type blackhole",
                with(inet, "table=254", "rtm_type=blackhole"));
        same("dst", "-4 neigh show dev cp1", "neigh", "show", "ndm_family=inet", "ifindex=cp1");
        same("id", "nexthop show dev cp1", "nexthop", "show", "oif=cp1");
        same("id", "nexthop show groups", "nexthop", "show", "groups");
    }

    private static String[] with(String[] words, String... more) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** Both list the same objects, and some. */
    private static void same(String field, String ip, String... command) throws Exception {
        CommandRun run = CommandRun.of(with(command, "--json"));
        assertThat(run.err()).as(String.join(" ", command)).isEmpty();
        Shell.Result shown = Shell.run(List.of(("ip -j " + ip).split(" ")));
        assertThat(values(run.out(), field))
                .as(String.join(" ", command))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(values(shown.output(), field));
    }

    private static List<String> values(String json, String field) {
        return Pattern.compile("\"" + field + "\":(\"[^\"]*\"|\\d+)")
                .matcher(json)
                .results()
                .map(m -> m.group(1))
                .toList();
    }

    @Test
    void shouldSayInOneLineWhyAFilterCannotBe() {
        CommandRun run = CommandRun.of("link", "show", "mtu=1500");
        assertThat(run.status()).as(run.out()).isEqualTo(1);
        assertThat(run.err()).startsWith("odp4j: link get failed: EINVAL").hasLineCount(1);
    }

    @Test
    void shouldSayInOneLineWhatTheKernelRefuses() throws Exception {
        refused("link new failed: EEXIST", "link", "new", "ifname=cp0", "linkinfo.kind=dummy");
        refused("link del failed: ENODEV", "link", "del", "ifname=nosuch");
        refused("link new failed: EOPNOTSUPP", "link", "new", "ifname=x", "linkinfo.kind=nokind");
        refused(
                "addr new failed: ENODEV",
                "addr",
                "new",
                "ifa_index=999999",
                "ifa_family=inet",
                "local=10.1.1.1",
                "ifa_prefixlen=24");
        refused("nexthop del failed: ENOENT", "nexthop", "del", "id=4711");
        refused(
                "neigh del failed: ENOENT",
                "neigh",
                "del",
                "ndm_family=inet",
                "ndm_ifindex=cp1",
                "dst=10.33.0.99");
        refused("ifa_index: no link nosuch", "addr", "show", "ifa_index=nosuch");
        Process process =
                new ProcessBuilder(
                                "setpriv",
                                "--bounding-set=-all",
                                "--inh-caps=-all",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Odp4j.class.getName(),
                                "link",
                                "new",
                                "ifname=np0",
                                "linkinfo.kind=dummy")
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(said)
                .startsWith("odp4j: link new failed: EPERM (Operation not permitted)")
                .hasLineCount(1);
    }

    private static void refused(String message, String... command) {
        CommandRun run = CommandRun.of(command);
        assertThat(run.status()).as(run.err()).isNotZero();
        assertThat(run.err()).startsWith("odp4j: " + message).hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void shouldDecodeWhatComesByOnADevice() throws Exception {
        Shell.must("ip link add cnl type nlmon");
        Shell.must("ip link set cnl up");
        try {
            CompletableFuture<CommandRun> decoding =
                    CompletableFuture.supplyAsync(
                            () ->
                                    CommandRun.of(
                                            "nl",
                                            "decode",
                                            "--device",
                                            "cnl",
                                            "--json",
                                            "--count",
                                            "40"));
            while (!decoding.isDone()) {
                Shell.run(List.of("ip link set cp1 mtu 1400".split(" ")));
                Shell.run(List.of("ip route get 10.33.0.9".split(" ")));
            }
            assertThat(decoding.get().status()).as(decoding.get().err()).isZero();
            assertThat(decoding.get().out().lines())
                    .hasSizeGreaterThanOrEqualTo(40)
                    .anyMatch(l -> l.matches(".*\"family\":\"link\".*\"mtu\":1400.*"))
                    .anyMatch(l -> l.matches(".*\"family\":\"route\".*\"10.33.0.9\".*"));
        } finally {
            Shell.must("ip link del cnl");
        }
    }
}
