package io.odp4j.datapath.embedded.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.odp4j.datapath.embedded.EmbeddedDatapath;
import io.odp4j.datapath.netlink.AttributeReader;
import io.odp4j.datapath.netlink.FamilyNotFoundException;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.GenericHeader;
import io.odp4j.datapath.netlink.MessageReader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.nlctrl.ControlAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel's controller tells of the families, and what the embedded datapath's tells. */
@Tag("kernel")
class ControllerKernelTest {
    private static final List<String> FAMILIES =
            List.of(
                    "nlctrl",
                    "ovs_datapath",
                    "ovs_vport",
                    "ovs_flow",
                    "ovs_packet",
                    "ovs_meter",
                    "ovs_ct_limit",
                    "psample");

    @Test
    void shouldTellOfFamiliesAndTheirPoliciesWhatTheNewestKernelDoes() throws Exception {
        assumeThat(System.getProperty("lab.kernel", "")).isNotEqualTo("uml");
        try (EmbeddedDatapath embedded = EmbeddedDatapath.open();
                RequestChannel kernel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC);
                RequestChannel ours = RequestChannel.open(embedded.endpoint())) {
            List<String> expected = new ArrayList<>();
            List<String> actual = new ArrayList<>();
            for (String family : FAMILIES) {
                expected.addAll(told(kernel, family));
                actual.addAll(told(ours, family));
            }
            for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
                String a = i < expected.size() ? expected.get(i) : "nothing";
                String b = i < actual.size() ? actual.get(i) : "nothing";
                System.out.println((a.equals(b) ? "  " : "K ") + a);
                if (!a.equals(b)) {
                    System.out.println("E " + b);
                }
            }
            assertThat(actual).isEqualTo(expected);
        }
    }

    private static List<String> told(RequestChannel channel, String name) throws NetlinkException {
        List<String> lines = new ArrayList<>();
        GenericFamily family;
        try {
            family = GenericFamily.resolve(channel, name);
        } catch (FamilyNotFoundException e) {
            return List.of(name + " is not there");
        }
        lines.add(name + " groups " + new TreeMap<>(family.groups()).keySet());
        ask(channel, lines, name + " policy", w -> w.putU16(1, family.id()));
        for (int command : new int[] {1, 3, 77}) {
            ask(
                    channel,
                    lines,
                    name + " policy of command " + command,
                    w -> w.putU16(1, family.id()).putU32(10, command));
        }
        ask(channel, lines, name + " policy by name", w -> w.putString(2, name));
        return lines;
    }

    private static void ask(
            RequestChannel channel, List<String> lines, String what, Consumer<MessageWriter> asks) {
        try {
            asks.accept(channel.begin(GenericFamily.CONTROL, 0, ControlAttributes.CMD_GETPOLICY));
            channel.dump(what, message -> lines.add(what + ": " + text(message)));
        } catch (NetlinkException e) {
            lines.add(e.getMessage().replaceAll(" at byte [0-9]+", ""));
        }
    }

    /** The attributes of a message; the family's number is anybody's own. */
    private static String text(MessageReader message) {
        StringBuilder text = new StringBuilder();
        AttributeReader a = message.attributes(new AttributeReader(), GenericHeader.PAYLOAD_OFFSET);
        while (a.next()) {
            text.append(' ').append(a.type()).append('=');
            text.append(a.type() == 1 ? "N" : nested(a, a.type() == 8 ? 3 : 2));
        }
        return text.toString();
    }

    /** Nests of that depth; some machines align numbers with PAD attributes. */
    private static String nested(AttributeReader outer, int depth) {
        StringBuilder text = new StringBuilder("{");
        AttributeReader a = new AttributeReader().wrapNested(outer);
        while (a.next()) {
            boolean pad = depth == 1 && a.length() == 0;
            if (!pad) {
                text.append((a.flags() & 0x8000) != 0 ? "nested " : "")
                        .append(a.type())
                        .append('=');
                text.append(depth == 1 ? Step.hex(a.bytes()) : nested(a, depth - 1)).append(' ');
            }
        }
        return text.append('}').toString();
    }
}
