package io.odp4j.upcall.cli.spec;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.family.OperationSpec.Use;
import io.odp4j.datapath.netlink.table.AttributeTable;
import io.odp4j.upcall.cli.InputFile;
import io.odp4j.upcall.cli.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads a family from the kernel's YAML form. */
public final class SpecFile {
    private static final int MOST_BYTES = 4 << 20;

    private final SpecNode root;
    private final SpecSets sets;
    private final List<OperationSpec> operations = new ArrayList<>();
    private final Map<String, SpecNode> byName = new HashMap<>();

    private SpecFile(SpecNode root) {
        this.root = root;
        this.sets = new SpecSets(root, new SpecDefinitions(root));
    }

    /**
     * Reads a file.
     *
     * @throws UsageException if it cannot be read, or is no specification that can be spoken; the
     *     message names the place
     */
    public static FamilySpec read(Path file) {
        try {
            if (Files.size(InputFile.check(file)) > MOST_BYTES) {
                throw new UsageException(file + ": longer than " + MOST_BYTES + " bytes");
            }
            return parse(file.getFileName().toString(), Files.readString(file));
        } catch (IOException e) {
            throw new UsageException(file + ": " + e.getMessage());
        }
    }

    static FamilySpec parse(String name, String text) {
        LoadSettings settings = LoadSettings.builder().setLabel(name).build();
        try {
            return new SpecFile(SpecNode.root(name, new Load(settings).loadFromString(text)))
                    .family();
        } catch (YamlEngineException e) {
            throw new UsageException(name + ": " + e.getMessage().replaceAll("\\s+", " "));
        }
    }

    private FamilySpec family() {
        boolean raw = root.text("protocol", "genetlink").equals("netlink-raw");
        if (raw && root.number("protonum", -1) != NetlinkEndpoint.ROUTE) {
            throw root.wrong("of the raw protocols only NETLINK_ROUTE, protonum 0, is spoken");
        }
        SpecNode all = root.node("operations");
        if (all == null) {
            throw root.wrong("'operations' is missing");
        }
        Numbers numbers =
                all.text("enum-model", "unified").equals("directional")
                        ? new Directional()
                        : new Unified();
        for (SpecNode operation : all.nodes("list")) {
            byName.put(operation.text("name"), operation);
        }
        for (SpecNode operation : all.nodes("list")) {
            numbers.next(operation);
            add(operation, numbers, all.text("fixed-header", null));
        }
        return new FamilySpec(
                root.text("name"),
                raw ? NetlinkEndpoint.ROUTE : NetlinkEndpoint.GENERIC,
                (int) root.number("version", 1),
                groups(),
                List.copyOf(operations),
                SpecTypes.doc(root));
    }

    private Map<String, Integer> groups() {
        Map<String, Integer> groups = new TreeMap<>();
        SpecNode multicast = root.node("mcast-groups");
        if (multicast != null) {
            for (SpecNode group : multicast.nodes("list")) {
                groups.put(group.text("name"), (int) group.number("value", 0));
            }
        }
        return groups;
    }

    private void add(SpecNode operation, Numbers numbers, String header) {
        Set<Use> uses = EnumSet.noneOf(Use.class);
        if (operation.has("do")) {
            uses.add(Use.DO);
        }
        if (operation.has("dump")) {
            uses.add(Use.DUMP);
        }
        SpecNode described = operation;
        if (operation.has("notify")) {
            uses.add(Use.EVENT);
            described = byName.get(operation.text("notify"));
            if (described == null) {
                throw operation.wrong("no operation '" + operation.text("notify") + "'");
            }
        } else if (operation.has("event")) {
            uses.add(Use.EVENT);
        }
        if (uses.isEmpty()) {
            return; // a number that is only kept
        }
        AttributeTable table =
                sets.message(described, described.text("attribute-set", null), header);
        operations.add(
                new OperationSpec(
                        operation.text("name"),
                        numbers.request(),
                        numbers.reply(),
                        table,
                        0,
                        uses,
                        SpecTypes.doc(operation)));
    }

    /** How operations get their numbers. */
    private interface Numbers {
        void next(SpecNode operation);

        int request();

        int reply();
    }

    /** Each operation has one number, in either direction. */
    private static final class Unified implements Numbers {
        private long value;

        @Override
        public void next(SpecNode operation) {
            value = operation.number("value", value + 1);
        }

        @Override
        public int request() {
            return (int) value;
        }

        @Override
        public int reply() {
            return (int) value;
        }
    }

    /** Requests are counted apart from what the kernel sends. */
    private static final class Directional implements Numbers {
        private long nextRequest = 1;
        private long nextReply = 1;
        private long request;
        private long reply;

        @Override
        public void next(SpecNode operation) {
            request = -1;
            if (operation.has("notify") || operation.has("event")) {
                reply(operation.number("value", nextReply));
                return;
            }
            SpecNode way = operation.node(operation.has("do") ? "do" : "dump");
            reply = -1;
            if (way == null) {
                return;
            }
            if (way.has("request")) {
                request = way.node("request").number("value", nextRequest);
                nextRequest = request + 1;
            }
            if (way.has("reply")) {
                reply(way.node("reply").number("value", nextReply));
            }
        }

        private void reply(long value) {
            reply = value;
            nextReply = value + 1;
        }

        @Override
        public int request() {
            return (int) request;
        }

        @Override
        public int reply() {
            return (int) reply;
        }
    }
}
