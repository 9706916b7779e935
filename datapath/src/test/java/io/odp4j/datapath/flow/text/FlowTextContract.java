package io.odp4j.datapath.flow.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.Attribute;
import io.odp4j.datapath.netlink.table.AttributeList;
import io.odp4j.datapath.netlink.table.AttributeText;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.DatapathAttributes;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.FlowAttributes;
import io.odp4j.datapath.ovs.Flows;
import io.odp4j.datapath.ovs.OvsFamilies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Flows given as text, to whichever datapath, and read back. */
abstract class FlowTextContract {
    static final String NAME = "textdp";
    private static final int COUNT = 800;
    private static final long SEED = 20_231_105;

    /** Who answers. */
    abstract NetlinkEndpoint endpoint();

    List<KernelFlows.Flow> flows;
    RequestChannel channel;
    OvsFamilies families;
    Datapaths datapaths;
    Datapath datapath;
    Flows requests;

    @BeforeEach
    void makeDatapath() throws Exception {
        channel = RequestChannel.open(endpoint());
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        datapath = datapaths.create(NAME, 0, DatapathAttributes.F_UNALIGNED);
        requests = new Flows(channel, families, datapath);
        flows = new KernelFlows(SEED, missing()).flows(COUNT);
    }

    /** What this kernel lacks, such as User-Mode Linux 6.1 both of these. */
    private Set<String> missing() throws NetlinkException {
        Set<String> missing = new HashSet<>();
        if (refuses("ct_zone(1),in_port(1),eth(),eth_type(0x0801)", "1")) {
            missing.add("ct_zone");
            missing.add("zone=");
        }
        if (refuses("in_port(2),eth(),eth_type(0x0801)", "hash(sym_l4(0))")) {
            missing.add("sym_l4");
        }
        requests.flush();
        return missing;
    }

    private boolean refuses(String key, String actions) {
        return add(List.of(new KernelFlows.Flow(key, actions, true))) > 0;
    }

    @AfterEach
    void deleteDatapath() throws Exception {
        datapaths.delete(datapath);
        channel.close();
    }

    @Test
    void shouldMakeOfTheCompleteFormWhatTheDatapathHas() throws Exception {
        int refused = add(flows);
        assertThat(refused).isLessThan(flows.size() / 10);
        List<String> different = new ArrayList<>();
        FlowParser parser = new FlowParser();
        ActionParser actionParser = new ActionParser();
        FlowFormatter formatter = new FlowFormatter(FlowTextOptions.COMPLETE);
        ActionFormatter actionFormatter = new ActionFormatter(FlowTextOptions.COMPLETE);
        requests.dump(
                0,
                flow -> {
                    String text = formatter.format(flow.key(), flow.mask());
                    FlowParser.Flow again = parser.parse(text);
                    boolean tunnel = flow.key().has(KeyAttributes.TUNNEL);
                    String actions = actionFormatter.format(flow.actions());
                    if (!canonical(flow.key(), true).equals(canonical(again.key(), true))
                            || !canonical(flow.mask(), tunnel)
                                    .equals(canonical(again.mask(), tunnel))
                            || !canonical(flow.actions(), true)
                                    .equals(canonical(actionParser.parse(actions), true))) {
                        different.add(text + " " + actions);
                    }
                });
        assertThat(different).isEmpty();
    }

    /**
     * Attributes in words, sorted where their order says nothing. A kernel's mask has a tunnel
     * although the key has none, which no text shows.
     */
    private static String canonical(AttributeList list, boolean tunnel) {
        List<String> words = new ArrayList<>();
        for (Attribute attribute : list) {
            if (tunnel || attribute.spec() != KeyAttributes.TUNNEL) {
                words.add(
                        attribute.value() instanceof AttributeList nested
                                ? attribute.fieldName() + canonical(nested, tunnel)
                                : AttributeText.format(attribute));
            }
        }
        if (list.table() != ActionAttributes.TABLE) {
            Collections.sort(words);
        }
        return words.toString();
    }

    /** Adds flows from their text; how many were refused. */
    final int add(List<KernelFlows.Flow> list) {
        FlowParser parser = new FlowParser();
        ActionParser actions = new ActionParser();
        int refused = 0;
        for (KernelFlows.Flow flow : list) {
            FlowParser.Flow parsed = parser.parse(flow.key());
            AttributeList request =
                    new AttributeList(FlowAttributes.TABLE)
                            .put(FlowAttributes.KEY, parsed.key())
                            .put(FlowAttributes.MASK, parsed.mask())
                            .put(FlowAttributes.ACTIONS, actions.parse(flow.actions()));
            try {
                requests.add("flow put on " + NAME, request);
            } catch (NetlinkException e) {
                refused++;
                System.out.println(e.getMessage() + ": " + flow.key() + " " + flow.actions());
            }
        }
        return refused;
    }
}
