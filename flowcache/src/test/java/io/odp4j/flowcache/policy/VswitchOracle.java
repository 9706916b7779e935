package io.odp4j.flowcache.policy;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.flowcache.rule.field.OpenFlowPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An ovs-vswitchd of its own, with a datapath that is none: it reads the same rules and says, by
 * ofproto/trace, what it would do, and by the flows of its datapath, what it did.
 */
final class VswitchOracle implements AutoCloseable {
    private static final Path SCHEMA = Path.of("/usr/share/openvswitch/vswitch.ovsschema");

    /** Its ports: LOCAL is 100 in its datapath. */
    static final SwitchPorts PORTS =
            new SwitchPorts() {
                @Override
                public List<Integer> all() {
                    return List.of(1, 2, 3, OpenFlowPort.LOCAL);
                }

                @Override
                public boolean exists(int port) {
                    return all().contains(port);
                }

                @Override
                public int toDatapath(int port) {
                    return port == OpenFlowPort.LOCAL ? 100 : port;
                }
            };

    private final Path folder;
    private final List<Process> daemons = new ArrayList<>();

    /** What trace says. */
    record Traced(String megaflow, String actions) {}

    private VswitchOracle(Path folder) {
        this.folder = folder;
    }

    static boolean isAvailable() {
        return Files.isReadable(SCHEMA)
                && Files.isExecutable(Path.of("/usr/sbin/ovs-vswitchd"))
                && Files.isExecutable(Path.of("/usr/sbin/ovsdb-server"));
    }

    static VswitchOracle start(Path folder) throws IOException, InterruptedException {
        VswitchOracle oracle = new VswitchOracle(folder);
        String database = folder.resolve("conf.db").toString();
        String socket = folder.resolve("db.sock").toString();
        oracle.run("ovsdb-tool", "create", database, SCHEMA.toString());
        oracle.daemon("/usr/sbin/ovsdb-server", "--remote=punix:" + socket, database);
        oracle.awaitFile(folder.resolve("db.sock"));
        oracle.run("ovs-vsctl", "--db=unix:" + socket, "--no-wait", "init");
        oracle.daemon(
                "/usr/sbin/ovs-vswitchd",
                "--pidfile",
                "--enable-dummy=override",
                "--disable-system",
                "unix:" + socket);
        oracle.run(
                ("ovs-vsctl --timeout=20 --db=unix:"
                                + socket
                                + " add-br br0"
                                + " -- set bridge br0 datapath_type=dummy fail-mode=secure"
                                + " -- add-port br0 p1 -- set int p1 type=dummy ofport_request=1"
                                + " -- add-port br0 p2 -- set int p2 type=dummy ofport_request=2"
                                + " -- add-port br0 p3 -- set int p3 type=dummy ofport_request=3")
                        .split(" "));
        return oracle;
    }

    private ProcessBuilder command(String... words) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        for (String variable : List.of("OVS_RUNDIR", "OVS_LOGDIR", "OVS_DBDIR")) {
            builder.environment().put(variable, folder.toString());
        }
        return builder;
    }

    private void daemon(String... words) throws IOException {
        daemons.add(command(words).redirectOutput(folder.resolve("log").toFile()).start());
    }

    private void awaitFile(Path file) throws IOException, InterruptedException {
        for (int i = 0; !Files.exists(file); i++) {
            if (i == 200) {
                throw new IOException(file + " does not appear");
            }
            Thread.sleep(50);
        }
    }

    private String run(String... words) throws IOException, InterruptedException {
        Process process = command(words).start();
        String output = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", words) + ": " + output);
        }
        return output;
    }

    /** Puts rules in place of all others. */
    void load(String rules) throws IOException, InterruptedException {
        Path file = folder.resolve("rules");
        Files.writeString(file, rules + "\n");
        // OpenFlow 1.0, ovs-ofctl's default, loses action sets without a word.
        if (rules.contains("write_actions") || rules.contains("push_vlan")) {
            run("ovs-ofctl", "-O", "OpenFlow13", "del-flows", "br0");
            run("ovs-ofctl", "-O", "OpenFlow13", "add-flows", "br0", file.toString());
        } else {
            run("ovs-ofctl", "del-flows", "br0");
            run("ovs-ofctl", "add-flows", "br0", file.toString());
        }
    }

    /** Recirculation ids and the controller's cookie are each side's own. */
    static String normalized(String actions) {
        String text =
                actions.replaceAll("recirc\\(0x[0-9a-f]+\\)", "recirc")
                        .replaceAll("rule_cookie=[^,]*", "")
                        // They write type and code together.
                        .replaceAll("(set\\(icmp\\w*\\(type=\\d+),code=\\d+", "$1")
                        // A trace of theirs sends nothing to controllers.
                        .replace("dont_send=1", "dont_send=0")
                        .replaceAll("(controller\\(.*?)recirc_id=\\d+", "$1")
                        .replaceAll(
                                "push_vlan\\((tpid=0x88a8,)?vid=(\\d+),pcp=(\\d)\\)",
                                "push($1$2,$3)");
        boolean ports = text.matches("[0-9,]+");
        if (ports) {
            String[] sorted = text.split(",");
            Arrays.sort(sorted);
            return String.join(",", sorted);
        }
        return text;
    }

    /** Every pass of a packet through the datapath, the first one first. */
    List<Traced> trace(FlowKey packet) throws IOException, InterruptedException {
        String output =
                run("ovs-appctl", "-t", "ovs-vswitchd", "ofproto/trace", "br0", text(packet));
        List<Traced> passes = new ArrayList<>();
        String megaflow = null;
        for (String line : output.split("\n")) {
            if (line.startsWith("Megaflow: ")) {
                megaflow = line.substring("Megaflow: ".length());
            }
            if (line.startsWith("Datapath actions: ") && megaflow != null) {
                passes.add(new Traced(megaflow, line.substring("Datapath actions: ".length())));
            }
        }
        if (passes.isEmpty()) {
            throw new IOException("nothing traced: " + output);
        }
        return passes;
    }

    /** Lets packets that came in at one port come in at its datapath's, and waits for them. */
    void receive(List<FlowKey> packets) throws IOException, InterruptedException {
        long before = lookups();
        List<String> words = new ArrayList<>(appctl("netdev-dummy/receive"));
        words.add("p" + packets.get(0).inPort());
        packets.forEach(packet -> words.add(DatapathText.of(packet)));
        run(words.toArray(String[]::new));
        for (int i = 0; lookups() < before + packets.size(); i++) {
            if (i == 500) {
                throw new IOException("its datapath does not take its packets");
            }
            Thread.sleep(2);
        }
    }

    /** How many times its datapath has looked for a flow. */
    private long lookups() throws IOException, InterruptedException {
        String text = control("dpctl/show", "dummy@ovs-dummy");
        Matcher found = Pattern.compile("hit:(\\d+) missed:(\\d+)").matcher(text);
        if (!found.find()) {
            throw new IOException("no lookups: " + text);
        }
        return Long.parseLong(found.group(1)) + Long.parseLong(found.group(2));
    }

    private static List<String> appctl(String... command) {
        List<String> words = new ArrayList<>(List.of("ovs-appctl", "-t", "ovs-vswitchd"));
        words.addAll(List.of(command));
        return words;
    }

    private String control(String... command) throws IOException, InterruptedException {
        return run(appctl(command).toArray(String[]::new));
    }

    /** Forgets the flows and the connections of its datapath. */
    void forgetFlows() throws IOException, InterruptedException {
        // With del-flows what was decided would be remembered, and not installed again.
        control("revalidator/purge");
        control("dpctl/flush-conntrack");
    }

    /** Forgets where addresses were seen. */
    void forgetAddresses() throws IOException, InterruptedException {
        control("fdb/flush", "br0");
    }

    /** The flows of its datapath. */
    List<DumpedFlow> flows() throws IOException, InterruptedException {
        control("revalidator/wait");
        return control("dpctl/dump-flows", "dummy@ovs-dummy")
                .lines()
                .filter(line -> line.contains("actions:"))
                .map(DumpedFlow::parse)
                .toList();
    }

    /** What {@code ovs-ofctl} makes of a rule, in one line; it needs no switch for that. */
    static String parsed(String rule) throws IOException, InterruptedException {
        Path file = Files.createTempFile("rule", ".txt");
        try {
            Files.writeString(file, rule + "\n");
            Process process =
                    new ProcessBuilder(
                                    "ovs-ofctl",
                                    "-O",
                                    "OpenFlow10,OpenFlow11,OpenFlow12,OpenFlow13,OpenFlow14,OpenFlow15",
                                    "parse-flows",
                                    file.toString())
                            .redirectErrorStream(true)
                            .start();
            String output = new String(process.getInputStream().readAllBytes());
            process.waitFor();
            return output;
        } finally {
            Files.delete(file);
        }
    }

    /** A packet in OpenFlow's syntax. */
    static String text(FlowKey key) {
        List<String> parts = new ArrayList<>();
        parts.add("in_port=" + key.inPort());
        parts.add("dl_src=" + mac(key.dlSrc()));
        parts.add("dl_dst=" + mac(key.dlDst()));
        if (key.vlanTci() != 0) {
            parts.add("dl_vlan=" + (key.vlanTci() & 0xfff));
            parts.add("dl_vlan_pcp=" + (key.vlanTci() >> 13));
        }
        parts.add("dl_type=0x%04x".formatted(key.dlType()));
        boolean v6 = key.dlType() == 0x86dd;
        if (key.dlType() == 0x806) {
            parts.add("arp_op=" + key.get(FlowField.ARP_OP));
        } else {
            parts.add("nw_proto=" + key.get(FlowField.NW_PROTO));
            parts.add("nw_ttl=" + key.get(FlowField.NW_TTL));
            parts.add("nw_tos=" + (key.get(FlowField.NW_TOS) & 0xfc));
            parts.add("nw_ecn=" + (key.get(FlowField.NW_TOS) & 3));
            parts.add(
                    "nw_frag="
                            + List.of("no", "first", "later")
                                    .get((int) key.get(FlowField.NW_FRAG)));
        }
        if (v6) {
            StringBuilder address = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                long half = key.words()[FlowField.IPV6_DST.word() + i / 4];
                address.append(i > 0 ? ":" : "")
                        .append("%x".formatted(half >>> 48 - i % 4 * 16 & 0xffff));
            }
            parts.add("ipv6_dst=" + address);
        } else {
            String[] names =
                    key.dlType() == 0x806
                            ? new String[] {"arp_spa", "arp_tpa"}
                            : new String[] {"nw_src", "nw_dst"};
            parts.add(names[0] + "=" + ip(key.get(FlowField.NW_SRC)));
            parts.add(names[1] + "=" + ip(key.get(FlowField.NW_DST)));
        }
        boolean later = key.get(FlowField.NW_FRAG) == 2;
        int proto = (int) key.get(FlowField.NW_PROTO);
        if (key.dlType() != 0x806 && !later) {
            String[] names =
                    switch (proto) {
                        case 6 -> new String[] {"tcp_src", "tcp_dst"};
                        case 17 -> new String[] {"udp_src", "udp_dst"};
                        case 1 -> new String[] {"icmp_type", "icmp_code"};
                        default -> new String[] {"icmpv6_type", "icmpv6_code"};
                    };
            parts.add(names[0] + "=" + key.get(FlowField.TP_SRC));
            parts.add(names[1] + "=" + key.get(FlowField.TP_DST));
        }
        return String.join(",", parts);
    }

    static String mac(long mac) {
        return "%012x".formatted(mac).replaceAll("(..)(?!$)", "$1:");
    }

    private static String ip(long ip) {
        return "%d.%d.%d.%d".formatted(ip >> 24 & 255, ip >> 16 & 255, ip >> 8 & 255, ip & 255);
    }

    @Override
    public void close() {
        for (Process daemon : daemons) {
            daemon.destroy();
            daemon.onExit().orTimeout(10, TimeUnit.SECONDS).join();
        }
    }
}
