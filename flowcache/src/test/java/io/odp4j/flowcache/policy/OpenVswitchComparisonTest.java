package io.odp4j.flowcache.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.FlowMask;
import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.parse.RuleParser;
import io.odp4j.flowcache.trace.Pass;
import io.odp4j.flowcache.trace.Tracer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same rules and packets through ovs-vswitchd: the same actions, no more flows, no more masks.
 */
class OpenVswitchComparisonTest {
    private static final int PACKETS = 60;

    @TempDir private static Path folder;
    private static VswitchOracle oracle;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(VswitchOracle.isAvailable(), "ovs-vswitchd is not installed");
        oracle = VswitchOracle.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (oracle != null) {
            oracle.close();
        }
    }

    private record Shape(Set<String> flows, Set<String> masks) {
        Shape() {
            this(new HashSet<>(), new HashSet<>());
        }
    }

    /** Compares packet by packet; how many flows and masks each side made. */
    private static Shape[] compare(String rules, List<FlowKey> packets) throws Exception {
        PolicyTables tables = new PolicyTables();
        tables.load(rules);
        oracle.load(rules);
        Shape[] shapes = {new Shape(), new Shape()};
        for (FlowKey packet : packets) {
            Pipeline pipeline = new Pipeline(tables, VswitchOracle.PORTS, new MacTable());
            List<Pass> ours = new Tracer(pipeline, VswitchOracle.PORTS).trace(packet, List.of());
            List<VswitchOracle.Traced> theirs = oracle.trace(packet);
            String about =
                    "%s\nby\n%s\nmegaflows %s".formatted(VswitchOracle.text(packet), rules, theirs);
            // What comes back for its inner headers is not followed there.
            assertThat(
                            ours.stream()
                                    .filter(p -> p.recircId() == 0 || p.zone() >= 0)
                                    .map(p -> VswitchOracle.normalized(p.verdict().actionsText())))
                    .as(about)
                    .containsExactlyElementsOf(
                            theirs.stream()
                                    .map(t -> VswitchOracle.normalized(t.actions()))
                                    .toList());
            for (int i = 0; i < theirs.size(); i++) {
                shapes[0].flows.add(maskedText(ours.get(i)));
                shapes[0].masks.add(ours.get(i).verdict().mask().toString());
                shapes[1].flows.add(theirs.get(i).megaflow());
                shapes[1].masks.add(MegaflowText.mask(theirs.get(i).megaflow()));
                String theirText = plain(theirs.get(i).megaflow());
                assertThat(readBack(theirText)).isEqualTo(theirText);
            }
        }
        return shapes;
    }

    /** Types and codes of ICMP have 8 bits, and 16 there; ARP has no TTL. */
    private static String plain(String megaflow) {
        return Pattern.compile("(icmp_type|icmp_code)=0x([0-9a-f]+)/0xff")
                .matcher(megaflow)
                .replaceAll(m -> m.group(1) + "=" + Integer.parseInt(m.group(2), 16))
                .replaceAll("(icmp_type|icmp_code)=0/0xff", "$1=0")
                .replaceAll("(,arp,.*),nw_ttl=0", "$1");
    }

    /** A megaflow's text, read and written again. */
    private static String readBack(String megaflow) throws Exception {
        String text = RuleParser.parse(megaflow + ",actions=drop").match().toString();
        // A match of rules does not say that there is an Ethernet header.
        return text.replaceFirst("^(recirc_id=[^,]*)?,?(ct_[^,]*,)*", "$0eth,");
    }

    private static String maskedText(Pass pass) {
        return maskedText(pass.key(), pass.verdict().mask());
    }

    private static String maskedText(FlowKey packet, FlowMask mask) {
        FlowKey masked = new FlowKey();
        for (int w = 0; w < FlowKey.MATCH_WORDS; w++) {
            masked.words()[w] = packet.words()[w] & mask.words()[w];
        }
        return masked + " mask " + mask;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldDecideAsOpenVswitchDoesWithRandomRules(int seed) throws Exception {
        RandomPolicy random = new RandomPolicy(seed);
        String rules = random.distinctRules(40, 4);
        List<FlowKey> packets = new ArrayList<>();
        for (int i = 0; i < PACKETS; i++) {
            packets.add(random.packet());
        }
        compare(rules, packets);
    }

    private static void shouldMakeNoMore(String rules, List<FlowKey> packets) throws Exception {
        Shape[] shapes = compare(rules, packets);
        assertThat(shapes[0].flows).as("flows").hasSizeLessThanOrEqualTo(shapes[1].flows.size());
        assertThat(shapes[0].masks).as("masks").hasSizeLessThanOrEqualTo(shapes[1].masks.size());
    }

    private static List<FlowKey> traffic(int seed) {
        RandomPolicy random = new RandomPolicy(seed);
        List<FlowKey> packets = new ArrayList<>();
        for (int i = 0; i < 2 * PACKETS; i++) {
            packets.add(random.packet());
        }
        return packets;
    }

    @Test
    void shouldMakeNoMoreFlowsForALearningSwitch() throws Exception {
        shouldMakeNoMore(ComparedRules.LEARNING, traffic(1));
    }

    @Test
    void shouldMakeNoMoreFlowsForAclsWithPrefixesAndPorts() throws Exception {
        shouldMakeNoMore(ComparedRules.ACLS, traffic(2));
    }

    @Test
    void shouldMakeNoMoreFlowsForAnIcmpRuleBesideTcp() throws Exception {
        shouldMakeNoMore(ComparedRules.ICMP, traffic(3));
    }

    @Test
    void shouldMakeNoMoreFlowsForAPipelineOfFourTables() throws Exception {
        shouldMakeNoMore(ComparedRules.FOUR_TABLES, traffic(4));
    }

    @Test
    void shouldMakeNoMoreFlowsForAConnectionTrackingFirewall() throws Exception {
        shouldMakeNoMore(ComparedRules.TRACKING, traffic(5));
    }

    @Test
    void shouldMakeNoMoreFlowsForConjunctions() throws Exception {
        shouldMakeNoMore(ComparedRules.CONJUNCTIONS, traffic(6));
    }

    @Test
    void shouldAgreeOnWhatReplacesWhat() throws Exception {
        FlowKey packet = traffic(7).get(0).set(FlowField.IN_PORT, 1);
        compare("priority=5,actions=2\npriority=5,actions=3", List.of(packet));
    }

    /** Rule sets for what random rules do not do, one a paragraph. */
    private static final String RARE =
            """
            priority=900,ip,actions=push_mpls:0x8847,set_mpls_label:5,set_mpls_tc:3,2
            priority=899,arp,actions=push_mpls:0x8848,2

            priority=898,ip,actions=push_mpls:0x8847,push_mpls:0x8847,set_mpls_ttl:9,dec_mpls_ttl,2,pop_mpls:0x8847,3

            priority=897,ip,actions=push_mpls:0x8847,pop_mpls:0x0800,2,dec_ttl,3
            priority=896,actions=1

            priority=895,ip,actions=push_mpls:0x8847,pop_mpls:0x0800,resubmit(,1),3
            table=1,priority=894,ip,actions=2

            priority=893,actions=dec_mpls_ttl,2

            priority=892,ip,actions=dec_ttl(4,5),2
            priority=891,actions=resubmit(,1),3
            table=1,priority=890,actions=dec_ttl,2

            priority=889,actions=resubmit(,1),3
            table=1,priority=888,ip,actions=dec_ttl,2

            priority=887,ip,actions=output(port=2,max_len=100),mod_dl_src:02:00:00:00:00:09,output(port=3,max_len=64)

            priority=886,actions=push:NXM_OF_ETH_SRC[0..15],push:NXM_NX_REG0[],pop:NXM_NX_REG1[],pop:NXM_NX_REG2[0..15],resubmit(,1)
            table=1,priority=885,reg2=1,actions=2
            table=1,priority=884,actions=3

            priority=883,actions=load:1->NXM_NX_REG0[],clone(load:2->NXM_NX_REG0[],mod_dl_dst:02:00:00:00:00:09,2),output:NXM_NX_REG0[]

            priority=882,ip,actions=clone(mod_dl_dst:02:00:00:00:00:09,ct(commit,zone=4),2),3

            priority=881,actions=clone(mod_dl_dst:02:00:00:00:00:09,output(port=2,max_len=60)),3

            priority=880,actions=check_pkt_larger(100)->NXM_NX_REG0[3],resubmit(,1),2
            table=1,priority=40000,reg0=8/8,actions=mod_dl_src:02:00:00:00:00:09,3
            table=1,priority=878,actions=drop

            priority=877,actions=resubmit(,1),3
            table=1,priority=876,actions=check_pkt_larger(1500)->NXM_NX_REG0[0],output:NXM_NX_REG0[0..1]

            priority=875,actions=write_actions(mod_dl_src:02:00:00:00:00:07,output:2),goto_table:1
            table=1,priority=874,ip,actions=write_actions(output:3,dec_ttl),goto_table:2
            table=1,priority=873,arp,actions=1,clear_actions
            table=2,priority=872,actions=drop

            priority=871,actions=resubmit(,1),write_actions(output:2)
            table=1,priority=870,actions=3

            priority=869,actions=1,write_actions(set_field:02:00:00:00:00:07->eth_src)


            priority=866,actions=controller(reason=no_match,max_len=100,id=5),mod_dl_src:02:00:00:00:00:07,controller,2

            priority=865,arp,actions=move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],mod_dl_src:02:00:00:00:00:07,load:2->NXM_OF_ARP_OP[],move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[],load:0x020000000007->NXM_NX_ARP_SHA[],move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[],load:0x0a000001->NXM_OF_ARP_SPA[],in_port

            priority=864,icmp,actions=set_field:0->icmp_type,in_port
            priority=863,icmp6,actions=set_field:129->icmpv6_type,in_port

            priority=862,ipv6,actions=set_field:fe80::9->ipv6_dst,set_field:3->nw_ttl,2

            priority=861,ip,nw_frag=yes,actions=2
            priority=860,ip,nw_frag=no,actions=3
            priority=859,actions=1

            priority=858,ip,nw_frag=first,actions=2
            priority=857,ip,nw_frag=later,actions=3
            priority=856,ip,actions=1

            priority=855,ip,actions=ct(table=1,zone=NXM_NX_REG0[0..15],nat)
            table=1,priority=2,ct_state=+trk+new,ip,actions=ct(commit,nat(src=10.0.0.1-10.0.0.9:100-200,persistent),exec(load:5->NXM_NX_CT_MARK[],load:1->NXM_NX_CT_LABEL[3])),2
            table=1,priority=1,actions=ct_clear,3

            priority=852,ip,actions=load:7->NXM_NX_REG3[],ct(table=1),2
            table=1,priority=851,reg3=7,ip,actions=ct(table=2,zone=9),3
            table=2,priority=850,ct_zone=9,actions=1

            priority=849,actions=note:01.02.03,mod_vlan_vid:5,2

            priority=848,ip,actions=load:5->OXM_OF_METADATA[],set_field:2/3->metadata,resubmit(,1)
            table=1,priority=847,metadata=6,actions=2
            table=1,priority=846,actions=3

            """;

    @Test
    void shouldDecideAsOpenVswitchDoesWhereRulesDoWhatIsRare() throws Exception {
        for (String rules : RARE.split("\n\n")) {
            compare(rules, traffic(8).subList(0, 30));
        }
    }
}
