package io.odp4j.datapath.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.family.FamilyClient;
import io.odp4j.datapath.netlink.family.FamilyEvents;
import io.odp4j.datapath.netlink.table.AttributeInput;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.Display;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.datapath.rtnetlink.neigh.NeighbourAttributes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Forwarding entries of bridges and VXLAN links, made by {@code bridge} and made by odp4j. */
@Tag("kernel")
class ForwardingKernelTest {
    /** Words behind {@code bridge fdb add MAC}, and the fields of the request. */
    private static final Map<String, String> ENTRIES = new LinkedHashMap<>();

    static {
        ENTRIES.put("dev fp0 master", "ndm_ifindex=%p ndm_flags=master ndm_state=permanent");
        ENTRIES.put("dev fp0 master static", "ndm_ifindex=%p ndm_flags=master ndm_state=noarp");
        ENTRIES.put(
                "dev fp0 master dynamic", "ndm_ifindex=%p ndm_flags=master ndm_state=reachable");
        ENTRIES.put(
                "dev fp0 master static vlan 1",
                "ndm_ifindex=%p ndm_flags=master ndm_state=noarp vlan=1");
        ENTRIES.put(
                "dev fp0 master static sticky",
                "ndm_ifindex=%p ndm_flags=master|sticky ndm_state=noarp");
        ENTRIES.put(
                "dev fp0 master extern_learn",
                "ndm_ifindex=%p ndm_flags=master|ext_learned ndm_state=permanent");
        ENTRIES.put("dev fp0 self", "ndm_ifindex=%p ndm_flags=self ndm_state=permanent");
        ENTRIES.put(
                "dev fvx dst 10.0.0.9",
                "ndm_ifindex=%v ndm_flags=self ndm_state=permanent dst=10.0.0.9");
        ENTRIES.put(
                "dev fvx dst 10.0.0.9 port 99 vni 8 via fp1",
                "ndm_ifindex=%v ndm_flags=self ndm_state=permanent dst=10.0.0.9 port=99 vni=8"
                        + " ifindex=%q");
        ENTRIES.put("dev fvx nhid 3", "ndm_ifindex=%v ndm_flags=self ndm_state=permanent nh_id=3");
    }

    private final Map<String, Integer> indexes = new LinkedHashMap<>();

    @Test
    void shouldMakeReadAndDeleteForwardingEntries() throws IOException {
        IpTool.batch(
                List.of(
                        "link add fbr type bridge",
                        "link add fp0 type dummy",
                        "link add fp1 type dummy",
                        "link set fp0 master fbr",
                        "link set fp0 up",
                        "link set fbr up",
                        "link add fvx type vxlan id 5 dstport 7005",
                        "nexthop add id 2 via 10.99.0.9 fdb",
                        "nexthop add id 3 group 2 fdb"));
        try (Links links = Links.open()) {
            for (String name : List.of("fp0", "fp1", "fvx")) {
                indexes.put(name, links.find(name).orElseThrow().index());
            }
        }
        try (FamilyClient client = FamilyClient.open(RtnetlinkFamilies.NEIGHBOUR);
                FamilyEvents events = FamilyEvents.open(List.of(RtnetlinkFamilies.NEIGHBOUR))) {
            int n = 0;
            for (Map.Entry<String, String> entry : ENTRIES.entrySet()) {
                String mac = String.format("02:00:00:00:01:%02x", n++);
                bridge("add", mac, entry.getKey());
                List<Map<String, Object>> expected = shown(mac);
                assertThat(expected).as(entry.getKey()).isNotEmpty();
                bridge("del", mac, entry.getKey().replaceAll(" (static|dynamic|sticky)", ""));
                assertThat(shown(mac)).isEmpty();

                AttributeList request = request(client, mac, entry.getValue());
                client.call(client.operation("new"), request);
                assertThat(shown(mac)).as(entry.getValue()).isEqualTo(expected);
                assertThat(told(events, mac)).contains("new");
                client.call(client.operation("del"), request);
                assertThat(shown(mac)).isEmpty();
                assertThat(told(events, mac)).contains("del");
            }
        } finally {
            IpTool.batch(List.of("link del fvx", "link del fbr", "link del fp0", "link del fp1"));
            IpTool.batch(List.of("nexthop flush"));
        }
    }

    private static void bridge(String verb, String mac, String words) throws IOException {
        List<String> command = new ArrayList<>(List.of("bridge", "fdb", verb, mac));
        command.addAll(List.of(words.split(" ")));
        assertThat(IpTool.run(command).err()).as(command.toString()).isEmpty();
    }

    private static List<Map<String, Object>> shown(String mac) throws IOException {
        return IpTool.objects(List.of("bridge", "-j", "-d", "fdb", "show")).stream()
                .filter(o -> mac.equals(o.get("mac")))
                .toList();
    }

    private AttributeList request(FamilyClient client, String mac, String fields) {
        AttributeList request = new AttributeList(client.operation("new").table());
        String all =
                ("ndm_family=bridge lladdr=" + mac + " " + fields)
                        .replace("%p", "" + indexes.get("fp0"))
                        .replace("%q", "" + indexes.get("fp1"))
                        .replace("%v", "" + indexes.get("fvx"));
        for (String field : all.split(" ")) {
            AttributeInput.set(
                    request, field.replaceFirst("=.*", ""), field.replaceFirst("[^=]*=", ""));
        }
        return request;
    }

    /** The operations on an entry that the kernel has told of since it was last asked. */
    private static List<String> told(FamilyEvents events, String mac) throws IOException {
        byte[] address = Display.MAC.parse(mac);
        List<String> operations = new ArrayList<>();
        do {
            events.poll(
                    event -> {
                        byte[] of = event.attributes().bytes(NeighbourAttributes.LLADDR);
                        if (Arrays.equals(address, of)) {
                            operations.add(event.operation().name());
                        }
                    });
        } while (operations.isEmpty() && events.socket().awaitReadable(2000));
        return operations;
    }
}
