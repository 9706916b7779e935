package io.odp4j.datapath.netlink.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.rtnetlink.link.LinkAttributes;
import io.odp4j.datapath.rtnetlink.nexthop.NextHopAttributes;
import io.odp4j.datapath.rtnetlink.route.RouteAttributes;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What a person writes, against what the tables' text and JSON show. */
class AttributeInputTest {
    @Provide
    Arbitrary<AttributeTable> tables() {
        return Arbitraries.of(KnownTables.withNested());
    }

    /** JSON leaves out padding, secrets, and the order and flags of what it does not know. */
    @Property(tries = 1500)
    void shouldReadItsOwnJsonBack(@ForAll("tables") AttributeTable table, @ForAll long seed)
            throws IOException {
        AttributeList list = new RandomAttributes(seed).list(table);
        if (!isPlain(list)) {
            return;
        }
        String json = AttributeTextTest.json(list);
        AttributeList back = AttributeInput.read(table, json);
        assertThat(AttributeTextTest.json(back)).isEqualTo(json);
        assertThat(encoded(back)).hasSameSizeAs(encoded(list));
    }

    /** Whether the list stands in JSON in its own order, without what is lost there. */
    private static boolean isPlain(AttributeList list) {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            Attribute a = list.get(i);
            if (a.spec() == null
                    || a.spec().display() == Display.SECRET
                    || !seen.add(a.number())
                    || a.spec().type() == AttributeType.FLAG && !(a.value() instanceof Boolean)
                    || a.spec().type() == AttributeType.CHOSEN && i < list.size() - 1
                    || a.spec().struct() != null
                    || list.table().element() != null && a.number() != i
                    || a.value() instanceof AttributeList nest && !isPlain(nest)) {
                return false;
            }
            if (a.value() instanceof byte[] bytes && !fits(a.spec().display(), bytes.length)) {
                return false;
            }
            if (a.value() instanceof List<?> records) {
                for (Object record : records) {
                    if (!isPlain((AttributeList) record)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Bytes of another length than their form has are shown as mere digits. */
    private static boolean fits(Display display, int length) {
        return switch (display) {
            case IPV4 -> length == 4;
            case IPV6, UUID -> length == 16;
            case IP -> length == 4 || length == 16;
            case MAC -> length == 6;
            case LLADDR -> length > 0;
            default -> true;
        };
    }

    @Test
    void shouldTakeTheUppermostBitOfAFlagWordForNoSign() {
        ValueNames names = ValueNames.flags("", 1, "first", 0x80000000, "last");
        assertThat(names.nameOf(0x80000001L)).isEqualTo("first|last");
        assertThat(names.valueOf("last")).hasValue(0x80000000L);
    }

    private static byte[] encoded(AttributeList list) {
        return AttributeCodecTest.encode(list);
    }

    @Test
    void shouldBuildNestsFromNamesWithPoints() {
        AttributeList link = new AttributeList(LinkAttributes.TABLE);
        AttributeInput.set(link, "ifname", "vx0");
        AttributeInput.set(link, "ifi_flags", "up|0x1000");
        AttributeInput.set(link, "header.ifi_index", "7");
        AttributeInput.set(link, "address", "02:00:00:00:00:01");
        AttributeInput.set(link, "linkinfo.kind", "vxlan");
        AttributeInput.set(link, "linkinfo.data.id", "0x2a");
        AttributeInput.set(link, "linkinfo.data.group", "10.0.0.2");
        AttributeInput.set(link, "linkinfo.data.local6", "fd00::1");
        AttributeInput.set(link, "linkinfo.data.port_range.low", "5");
        AttributeInput.set(link, "linkinfo.data.gbp", "true");
        assertThat(link)
                .hasToString(
                        "header(ifi_family=unspec,ifi_type=0,ifi_index=7,ifi_flags=up|multicast,"
                                + "ifi_change=0x0),ifname=vx0,address=02:00:00:00:00:01,"
                                + "linkinfo(kind=vxlan,data(id=42,group=10.0.0.2,local6=fd00::1,"
                                + "port_range(low=5,high=0),gbp))");
    }

    @Test
    void shouldBuildElementsByTheirIndex() {
        AttributeList group = new AttributeList(NextHopAttributes.TABLE);
        AttributeInput.set(group, "group[0].id", "1");
        AttributeInput.set(group, "group[1].id", "2");
        AttributeInput.set(group, "group[1].weight", "4");
        assertThat(group.toString())
                .endsWith("group({id=1,weight=0,weight_high=0},{id=2,weight=4,weight_high=0})");
        AttributeList route = new AttributeList(RouteAttributes.TABLE);
        AttributeInput.set(route, "multipath[1].gateway", "10.0.0.1");
        AttributeInput.set(route, "multipath[1].rtnh_hops", "2");
        AttributeInput.set(
                route,
                "multipath",
                "[{\"header\":{\"rtnh_ifindex\":\"3\"},\"gateway\":\"fd00::1\"}]");
        assertThat(route.toString())
                .contains(
                        "multipath({header(rtnh_flags=0,rtnh_hops=0,rtnh_ifindex=0)},"
                                + "{header(rtnh_flags=0,rtnh_hops=2,rtnh_ifindex=0),gateway=10.0.0.1}),"
                                + "multipath({header(rtnh_flags=0,rtnh_hops=0,rtnh_ifindex=3),"
                                + "gateway=fd00::1})");
    }

    @Test
    void shouldSayWhatIsWrongAndWhere() {
        refuses("colour", "1", "colour: no such field in link");
        refuses("mtu", "x", "mtu: no number: x");
        refuses("mtu", "-1", "mtu: -1 does not fit U32");
        refuses("mtu", "4294967296", "mtu: 4294967296 does not fit U32");
        refuses("operstate", "strange", "operstate: no strange among unknown, notpresent");
        refuses("address", "02:xx", "address: no address of that form: 02:xx");
        refuses("linkinfo.data.id", "5", "linkinfo.data.id: set kind first, to one of vlan, vxlan");
        refuses("mtu.x", "5", "mtu.x: mtu has no parts");
        refuses("stats64.x", "5", "stats64.x: no field of rtnl_link_stats64");
        refuses("linkinfo", "{\"kind\":", "linkinfo: no JSON:");
        refuses("linkinfo", "[1]", "linkinfo: an object is needed");
        refuses("ifi_flags", "sideways", "ifi_flags: no sideways among up, broadcast");
    }

    private static void refuses(String path, String value, String message) {
        AttributeList link = new AttributeList(LinkAttributes.TABLE);
        assertThatThrownBy(() -> AttributeInput.set(link, path, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }
}
