package io.odp4j.datapath.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.family.FamilyEvents;
import io.odp4j.datapath.netlink.family.FamilySpec;
import io.odp4j.datapath.netlink.family.OperationSpec;
import io.odp4j.datapath.netlink.table.AttributeInput;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.rtnetlink.ObjectCases.Case;
import io.odp4j.datapath.rtnetlink.ip.IpJson;
import io.odp4j.datapath.rtnetlink.ip.IpNames;
import io.odp4j.datapath.rtnetlink.link.LinkAttributes;
import io.odp4j.datapath.rtnetlink.misc.NamespaceAttributes;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every kind of rtnetlink's objects, made by {@code ip} and made by odp4j: {@code ip -j -d} shows
 * the same, odp4j reads from the first what it asks for in the second, and each is told.
 */
@Tag("kernel")
class RtnetlinkKernelTest {
    /** What differs between two objects that were made the same way. */
    private static final Set<String> OWN =
            Set.of(
                    "family6",
                    "ifindex",
                    "link_index",
                    "permaddr",
                    "bridge_id",
                    "root_id",
                    "hello_timer",
                    "tcn_timer",
                    "topology_change_timer",
                    "gc_timer",
                    "operstate",
                    "expires",
                    "unbalanced_time",
                    "valid_life_time",
                    "preferred_life_time",
                    "used",
                    "confirmed",
                    "updated");

    private static final Map<String, Long> INDEXES = new HashMap<>();

    @BeforeAll
    static void makeWhatTheObjectsStandOn() throws IOException {
        IpTool.batch(
                List.of(
                        "link add base type dummy",
                        "link add base2 type dummy",
                        "link add ivl2 type dummy",
                        "link add ivl3 type dummy",
                        "link add ivl3s type dummy",
                        "link add brx type bridge",
                        "link set base up",
                        "addr add 10.99.0.1/24 dev base",
                        "addr add fd99::1/64 dev base nodad"));
        for (Map<String, Object> link : IpTool.show("link", "show")) {
            INDEXES.put((String) link.get("ifname"), (Long) link.get("ifindex"));
        }
    }

    @AfterAll
    static void takeItAway() throws IOException {
        IpTool.batch(
                List.of(
                        "link del base",
                        "link del base2",
                        "link del ivl2",
                        "link del ivl3",
                        "link del ivl3s",
                        "link del brx"));
    }

    @Test
    void shouldMakeReadAndDeleteLinksOfEveryKind() throws IOException {
        List<Case> cases = LinkCases.links();
        assertThat(cases).hasSizeGreaterThan(95);
        same(
                RtnetlinkFamilies.LINK,
                "link",
                cases,
                List.of("link show"),
                "link del ",
                o -> (String) o.get("ifname"),
                c -> "ifname=" + c.key());
    }

    @Test
    void shouldMakeReadAndDeleteAddresses() throws IOException {
        same(
                RtnetlinkFamilies.ADDRESS,
                "addr",
                ObjectCases.addresses(),
                List.of("addr show dev base"),
                null,
                o -> (String) o.get("local"),
                Case::fields);
    }

    @Test
    void shouldMakeReadAndDeleteNextHopsAndWhatUsesThem() throws IOException {
        same(
                RtnetlinkFamilies.NEXT_HOP,
                "nexthop",
                ObjectCases.nextHops(),
                List.of("nexthop show"),
                "nexthop del id ",
                o -> String.valueOf(o.get("id")),
                c -> "id=" + c.key());
        List<String> hops = new ArrayList<>();
        ObjectCases.nextHops().forEach(c -> hops.add("nexthop add " + c.ip()));
        IpTool.batch(hops);
        try {
            same(
                    RtnetlinkFamilies.ROUTE,
                    "route",
                    ObjectCases.routes(),
                    List.of("route show table all", "-6 route show table all"),
                    null,
                    o -> (String) o.get("dst"),
                    Case::fields);
        } finally {
            IpTool.batch(List.of("nexthop flush"));
        }
    }

    @Test
    void shouldMakeReadAndDeleteNeighbours() throws IOException {
        same(
                RtnetlinkFamilies.NEIGHBOUR,
                "neigh",
                ObjectCases.neighbours(),
                List.of("neigh show nud all"),
                null,
                o -> (String) o.get("dst"),
                c -> c.fields().replaceAll(" (lladdr|ndm_state|ndm_flags|protocol)=\\S+", ""));
    }

    @Test
    void shouldMakeReadAndDeleteRules() throws IOException {
        same(
                RtnetlinkFamilies.RULE,
                "rule",
                ObjectCases.rules(),
                List.of("rule show", "-6 rule show"),
                null,
                o -> o.get("family6") + ":" + o.get("priority"),
                Case::fields);
    }

    /** What finds an object in what {@code ip} shows. */
    private interface Key {
        String of(Map<String, Object> object);
    }

    /** The fields of the request that deletes an object. */
    private interface Deletion {
        String of(Case one);
    }

    /** Everything that differs is told, not the first alone. */
    private static void same(
            FamilySpec family,
            String word,
            List<Case> cases,
            List<String> shows,
            String ipDelete,
            Key key,
            Deletion deletion)
            throws IOException {
        List<String> adds = new ArrayList<>();
        List<String> deletes = new ArrayList<>();
        for (Case one : cases) {
            adds.add(command(word, "add", one));
            deletes.add(0, ipDelete == null ? command(word, "del", one) : ipDelete + one.key());
        }
        SoftAssertions all = new SoftAssertions();
        all.assertThat(IpTool.errors(adds)).isEmpty();
        Map<String, Object> expected = show(cases, shows, key);
        all.assertThat(expected.keySet()).hasSameSizeAs(cases);
        try (FamilyClient client = FamilyClient.open(family);
                FamilyEvents events = FamilyEvents.open(List.of(family))) {
            List<AttributeList> told = list(client);
            for (Case one : cases) {
                AttributeList asked = request(client.operation("new"), one.fields());
                all.assertThat(told.stream().anyMatch(o -> Holds.all(o, asked)))
                        .as("read what ip made by " + one.ip() + "\nasked: " + asked)
                        .isTrue();
            }
            sameJson(family, told, cases, expected, key, all);
            all.assertThat(IpTool.errors(deletes)).isEmpty();
            all.assertThat(show(cases, shows, key).keySet()).isEmpty();
            drain(events);

            for (Case one : cases) {
                AttributeList asked = request(client.operation("new"), one.fields());
                all.assertThatCode(() -> client.call(client.operation("new"), asked))
                        .as(one.ip() + "\n" + asked)
                        .doesNotThrowAnyException();
                all.assertThat(tells(events, "new", asked)).as("told of " + one.ip()).isTrue();
            }
            Map<String, Object> actual = show(cases, shows, key);
            for (Case one : cases) {
                all.assertThat(actual.get(one.key()))
                        .as(one.ip() + "\n" + one.fields())
                        .isEqualTo(expected.get(one.key()));
            }
            for (int i = cases.size() - 1; i >= 0; i--) {
                AttributeList asked = request(client.operation("del"), deletion.of(cases.get(i)));
                all.assertThatCode(() -> client.call(client.operation("del"), asked))
                        .as("delete " + asked)
                        .doesNotThrowAnyException();
                // IPv6 tells of each of several next hops in a message of its own.
                String gone = deletion.of(cases.get(i)).replaceAll(" multipath\\S+", "");
                all.assertThat(tells(events, "del", request(client.operation("del"), gone)))
                        .as("told of " + asked)
                        .isTrue();
            }
            all.assertThat(show(cases, shows, key).keySet()).isEmpty();
        }
        all.assertAll();
    }

    /** Every object is the same in the words of ip, whoever writes it. */
    private static void sameJson(
            FamilySpec family,
            List<AttributeList> told,
            List<Case> cases,
            Map<String, Object> expected,
            Key key,
            SoftAssertions all)
            throws IOException {
        Map<String, Case> wanted = new HashMap<>();
        cases.forEach(c -> wanted.put(c.key(), c));
        IpNames names = IpNames.read().withNextHops();
        int compared = 0;
        for (AttributeList object : told) {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
                IpJson.write(family, object, names, json);
            }
            Map<String, Object> ours = IpTool.object(text.toString());
            IpJsonKernelTest.likeIp(ours);
            ours.put("family6", object.toString().contains("family=inet6") ? 6 : 4);
            Case one = wanted.get(key.of(ours));
            if (one == null || !(expected.get(one.key()) instanceof Map<?, ?> theirs)) {
                continue;
            }
            compared++;
            if (family == RtnetlinkFamilies.ADDRESS) {
                ours.remove("dev"); // ip writes addresses below their link
            }
            all.assertThat(plain(ours, one)).as(one.ip()).isEqualTo(theirs);
        }
        all.assertThat(compared).isEqualTo(cases.size());
    }

    private static String command(String word, String verb, Case one) {
        boolean six = one.ip().startsWith("-6 ");
        String[] words = {word, verb, six ? one.ip().substring(3) : one.ip()};
        // In a batch an option stands before the object.
        return (six ? "-6 " : "") + String.join(" ", words);
    }

    private static List<AttributeList> list(FamilyClient client) throws IOException {
        OperationSpec get = client.operation("get");
        return client.list(get, new AttributeList(get.table()));
    }

    private static AttributeList request(OperationSpec operation, String fields) {
        AttributeList request = new AttributeList(operation.table());
        String filled =
                fields.replace("%l2;", "" + INDEXES.get("ivl2"))
                        .replace("%l3;", "" + INDEXES.get("ivl3"))
                        .replace("%l3s;", "" + INDEXES.get("ivl3s"))
                        .replace("%b", "" + INDEXES.get("base"))
                        .replace("%c", "" + INDEXES.get("base2"))
                        .replace("%x", "" + INDEXES.get("brx"));
        for (String field : filled.trim().split(" +")) {
            int equals = field.indexOf('=');
            AttributeInput.set(
                    request,
                    equals < 0 ? field : field.substring(0, equals),
                    equals < 0 ? "true" : field.substring(equals + 1));
        }
        return request;
    }

    private static void drain(FamilyEvents events) throws IOException {
        while (events.socket().awaitReadable(20)) {
            events.poll(event -> {});
        }
    }

    /** Whether the kernel tells of an operation on what was asked for. */
    private static boolean tells(FamilyEvents events, String operation, AttributeList asked)
            throws IOException {
        List<AttributeList> told = new ArrayList<>();
        do {
            events.poll(
                    event -> {
                        if (event.operation().name().equals(operation)) {
                            told.add(event.attributes());
                        }
                    });
            if (told.stream().anyMatch(o -> Holds.all(o, asked))) {
                return true;
            }
        } while (events.socket().awaitReadable(300));
        return false;
    }

    /** The cases' objects by their key, without what is each one's own. */
    private static Map<String, Object> show(List<Case> cases, List<String> shows, Key key)
            throws IOException {
        Map<String, Case> wanted = new HashMap<>();
        cases.forEach(c -> wanted.put(c.key(), c));
        Map<String, Object> found = new TreeMap<>();
        for (String words : shows) {
            for (Map<String, Object> shown : IpTool.show(words.split(" "))) {
                for (Map<String, Object> object : objects(shown)) {
                    object.put("family6", words.startsWith("-6") ? 6 : 4);
                    Case one = wanted.get(key.of(object));
                    if (one != null) {
                        found.put(one.key(), plain(object, one));
                    }
                }
            }
        }
        return found;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> objects(Map<String, Object> shown) {
        Object addresses = shown.get("addr_info");
        return addresses == null ? List.of(shown) : (List<Map<String, Object>>) addresses;
    }

    private static Object plain(Object value, Case one) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new TreeMap<>();
            boolean random =
                    "ether".equals(map.get("link_type"))
                            && !one.fields().matches("(.* )?address=.*");
            map.forEach(
                    (k, v) -> {
                        if (!OWN.contains(k) && !(random && k.equals("address"))) {
                            plain.put((String) k, plain(v, one));
                        }
                    });
            return plain;
        }
        return value instanceof List<?> list
                ? list.stream().map(v -> plain(v, one)).toList()
                : value;
    }

    @Test
    void shouldSayInOneLineWhyTheKernelRefuses() throws IOException {
        try (FamilyClient links = FamilyClient.open(RtnetlinkFamilies.LINK)) {
            refused(links, "new", "ifname=base linkinfo.kind=dummy", "EEXIST");
            refused(links, "del", "ifname=nosuch", "ENODEV");
            refused(links, "new", "ifname=x linkinfo.kind=nosuchkind", "EOPNOTSUPP");
        }
        try (FamilyClient routes = FamilyClient.open(RtnetlinkFamilies.ROUTE)) {
            refused(
                    routes,
                    "new",
                    "rtm_family=inet rtm_table=main rtm_type=unicast rtm_dst_len=24 dst=10.250.0.0"
                            + " gateway=10.251.0.1",
                    "ENETUNREACH");
        }
    }

    private static void refused(
            FamilyClient client, String operation, String fields, String errno) {
        assertThatThrownBy(
                        () ->
                                client.call(
                                        client.operation(operation),
                                        request(client.operation(operation), fields)))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining(client.spec().name() + " " + operation + " failed: " + errno)
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldTellOfNamespacesThatGetAnIdAndLoseIt() throws IOException {
        IpTool.batch(List.of("netns add named"));
        try (FamilyEvents events = FamilyEvents.open(List.of(RtnetlinkFamilies.NAMESPACE))) {
            IpTool.batch(List.of("netns set named 78"));
            IpTool.batch(List.of("netns del named"));
            List<String> told = new ArrayList<>();
            while (told.size() < 2 && events.socket().awaitReadable(5000)) {
                events.poll(
                        e ->
                                told.add(
                                        e.operation().name()
                                                + " "
                                                + e.attributes()
                                                        .number(NamespaceAttributes.NSID, -1)));
            }
            assertThat(told).containsExactly("new 78", "del 78");
        }
    }

    @Test
    void shouldTellWhichNamespaceAnEventComesFrom() throws IOException {
        IpTool.batch(List.of("netns add other", "netns set other 77"));
        try (FamilyEvents events =
                FamilyEvents.open(List.of(RtnetlinkFamilies.LINK), List.of("link"), true)) {
            IpTool.batch(List.of("link add here1 type dummy"));
            assertThat(
                            IpTool.run(
                                    List.of(
                                            "ip", "-n", "other", "link", "add", "there1", "type",
                                            "dummy")))
                    .extracting(IpTool.Run::status)
                    .isEqualTo(0);
            Map<String, Integer> from = new HashMap<>();
            while (events.socket().awaitReadable(200)) {
                events.poll(
                        e -> {
                            assertThat(e.group()).isEqualTo(RtnetlinkGroup.LINK.number());
                            from.put(e.attributes().string(LinkAttributes.IFNAME), e.namespaceId());
                        });
            }
            assertThat(from).containsEntry("here1", -1).containsEntry("there1", 77);
        } finally {
            IpTool.batch(List.of("link del here1", "netns del other"));
        }
    }
}
