package io.odp4j.datapath.flow.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.TunnelAttributes;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.StructValue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What is said; that it is right, the kernel decides in FlowValidatorKernelTest. */
class FlowValidatorTest {
    private static final AttributeList NO_ACTIONS = new AttributeList(ActionAttributes.TABLE);

    private static AttributeList list() {
        return new AttributeList(KeyAttributes.TABLE);
    }

    private static AttributeList tcp() {
        return list().put(KeyAttributes.RECIRC_ID, 0)
                .put(KeyAttributes.IN_PORT, 1)
                .put(KeyAttributes.ETHERNET, StructValue.zero(KeyAttributes.ETHERNET_STRUCT))
                .put(KeyAttributes.ETHERTYPE, 0x0800)
                .put(KeyAttributes.IPV4, ipv4(6))
                .put(KeyAttributes.TCP, StructValue.zero(KeyAttributes.TCP_STRUCT))
                .put(KeyAttributes.TCP_FLAGS, 2);
    }

    private static StructValue ipv4(int proto) {
        return StructValue.zero(KeyAttributes.IPV4_STRUCT).with("ipv4_proto", proto);
    }

    private static AttributeList actions() {
        return new AttributeList(ActionAttributes.TABLE);
    }

    @Test
    void shouldFindNothingInAFlowThatTheKernelTakes() {
        assertThat(FlowValidator.flow(tcp(), null, actions().put(ActionAttributes.OUTPUT, 1)))
                .isEmpty();
    }

    @Test
    void shouldSayWhatAKeyLacks() {
        AttributeList key =
                list().put(KeyAttributes.ETHERTYPE, 0x0800).put(KeyAttributes.IPV4, ipv4(17));
        assertThat(FlowValidator.key(key))
                .extracting(FlowProblem::toString)
                .containsExactly("key: udp is missing, which IP protocol 17 asks for");
        assertThat(FlowValidator.key(list().put(KeyAttributes.IN_PORT, 70_000)))
                .extracting(FlowProblem::toString)
                .containsExactly(
                        "key.in_port: must be below 65535",
                        "key: ethernet is missing, and ethertype too: one of them must be there");
    }

    @Test
    void shouldSayWhatAMaskNeeds() {
        AttributeList mask =
                list().put(
                                KeyAttributes.TCP,
                                StructValue.zero(KeyAttributes.TCP_STRUCT).with("tcp_dst", 0xffff))
                        .put(KeyAttributes.IPV4, ipv4(0xf0));
        assertThat(FlowValidator.flow(tcp(), mask, NO_ACTIONS))
                .extracting(FlowProblem::toString)
                .containsExactly(
                        "mask.tcp: needs the mask of the IP protocol to be exact",
                        "mask.ipv4: needs the mask of ethertype to be exact");
    }

    @Test
    void shouldSayWhichTagIsWrong() {
        AttributeList inner =
                list().put(KeyAttributes.ETHERTYPE, 0x8100)
                        .put(KeyAttributes.VLAN, 5)
                        .put(KeyAttributes.ENCAP, list());
        AttributeList key =
                list().put(KeyAttributes.ETHERNET, StructValue.zero(KeyAttributes.ETHERNET_STRUCT))
                        .put(KeyAttributes.ETHERTYPE, 0x88a8)
                        .put(KeyAttributes.VLAN, 0x1007)
                        .put(KeyAttributes.ENCAP, inner);
        assertThat(FlowValidator.key(key))
                .extracting(FlowProblem::place)
                .containsExactly("key.encap.vlan");
    }

    @Test
    void shouldSayThatActionsWorkOnWhatIsMatchedAlone() {
        AttributeList set = list().put(KeyAttributes.IPV4, ipv4(6));
        AttributeList actions = actions().put(ActionAttributes.SET, set);
        assertThat(FlowValidator.flow(tcp(), null, actions)).isEmpty();
        assertThat(FlowValidator.flow(tcp(), list(), actions))
                .extracting(FlowProblem::toString)
                .containsExactly(
                        "actions.1.set.ipv4: the packet is not known to have this Ethernet type",
                        "actions.1.set.ipv4: the protocol cannot be set: it must be the one that"
                                + " is matched");
    }

    @Test
    void shouldSayWhichActionIsWrong() {
        StructValue untagged =
                StructValue.zero(ActionAttributes.PUSH_VLAN_STRUCT).with("vlan_tpid", 0x8100);
        AttributeList clone = actions().put(ActionAttributes.OUTPUT, 65_535);
        AttributeList actions =
                actions()
                        .put(ActionAttributes.PUSH_VLAN, untagged)
                        .put(ActionAttributes.CLONE, clone)
                        .put(ActionAttributes.DROP, 0)
                        .put(ActionAttributes.POP_NSH, true);
        assertThat(FlowValidator.flow(tcp(), null, actions))
                .extracting(FlowProblem::place)
                .containsExactly(
                        "actions.1.push_vlan",
                        "actions.2.clone.1.output",
                        "actions.3.drop",
                        "actions.4.pop_nsh",
                        "actions.4.pop_nsh");
    }

    @Test
    void shouldStopAtTheDepthThatTheKernelStopsAt() {
        AttributeList actions = actions();
        for (int i = 0; i < 16; i++) {
            actions = actions().put(ActionAttributes.CLONE, actions);
        }
        assertThat(FlowValidator.actions(actions, new FlowKey())).isEmpty();
        actions = actions().put(ActionAttributes.CLONE, actions);
        assertThat(FlowValidator.actions(actions, new FlowKey()))
                .singleElement()
                .extracting(FlowProblem::reason)
                .isEqualTo("nests deeper than 16");
    }

    @Test
    void shouldSayWhatTheKernelTakesInAnotherWay() {
        AttributeList mask =
                list().put(KeyAttributes.IN_PORT, 1).put(KeyAttributes.ETHERTYPE, 0x0800);
        assertThat(FlowValidator.surprises(mask))
                .extracting(FlowProblem::place)
                .containsExactly("mask.recirc_id", "mask.in_port", "mask.ethertype");
        assertThat(
                        FlowValidator.surprises(
                                list().put(KeyAttributes.RECIRC_ID, 0xffff_ffffL)
                                        .put(KeyAttributes.IN_PORT, 0xffff_ffffL)))
                .isEmpty();
    }

    @Test
    void shouldSayWhatATunnelLacks() {
        AttributeList tunnel =
                new AttributeList(TunnelAttributes.TABLE).put(TunnelAttributes.IPV4_SRC, 1);
        assertThat(FlowValidator.key(tcp().put(KeyAttributes.TUNNEL, tunnel)))
                .extracting(FlowProblem::place)
                .containsExactly("key.tunnel.ipv4_dst", "key.tunnel.ttl");
    }

    /** Whatever it is given, it answers. */
    @Property(tries = 2000)
    void shouldNeverThrow(@ForAll long seed) {
        RandomFlows flows = new RandomFlows(new Random(seed));
        AttributeList key = flows.mutated(flows.mutated(tcp()));
        AttributeList mask = flows.mutated(flows.mutated(tcp()));
        FlowValidator.flow(key, mask, flows.actions(new FlowKey(), 1));
        FlowValidator.surprises(mask);
    }
}
