package io.odp4j.upcall.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.ActionParser;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import io.odp4j.upcall.policy.Verdict;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunnelActionsTest {
    private static final String FIXED = "vxlan0,remote=10.0.0.2,key=7,df=false";
    private static final String BY_FLOW = "vxlan0,remote=flow,key=flow,local=10.0.0.1";
    private static final int TUNNEL_PORT = 4;

    private final TunnelActions actions = new TunnelActions();
    private final Verdict verdict = new Verdict();
    private final FlowKey key = new FlowKey();

    private String complete(String spec, String before) {
        actions.setPorts(new TunnelPorts(Map.of(TUNNEL_PORT, TunnelSpec.parse(spec))));
        verdict.clear();
        new ActionParser().parse(before, verdict.actions().writer());
        actions.complete(key, verdict);
        return text();
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        new ActionFormatter(FlowTextOptions.PLAIN)
                .format(text, verdict.actions().buffer(), 0, verdict.actions().length());
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2 | 1,2",
                "drop | drop",
                "4 | set(tunnel(tun_id=0x7,dst=10.0.0.2,ttl=64,flags(key))),4",
                "1,4,2 | 1,set(tunnel(tun_id=0x7,dst=10.0.0.2,ttl=64,flags(key))),4,2",
                "clone(1,4),2"
                        + " | clone(1,set(tunnel(tun_id=0x7,dst=10.0.0.2,ttl=64,flags(key))),4),2",
                "sample(sample=50.0%,actions(4))"
                        + " | sample(sample=50.0%,actions("
                        + "set(tunnel(tun_id=0x7,dst=10.0.0.2,ttl=64,flags(key))),4))",
                "check_pkt_len(size=200,gt(drop),le(4))"
                        + " | check_pkt_len(size=200,gt(drop),le("
                        + "set(tunnel(tun_id=0x7,dst=10.0.0.2,ttl=64,flags(key))),4))"
            })
    void shouldSayWhereToBeforeEveryOutputToATunnel(String before, String after) {
        assertThat(complete(FIXED, before)).isEqualTo(after);
    }

    @Test
    void shouldTakeFromTheActionsWhatTheTunnelLeavesOpen() {
        assertThat(complete(BY_FLOW, "set(tunnel(tun_id=0x9,dst=10.0.0.9,ttl=5,flags(key))),4"))
                .endsWith(
                        ",set(tunnel(tun_id=0x9,src=10.0.0.1,dst=10.0.0.9,ttl=5,flags(df|key))),4");
    }

    @Test
    void shouldLeaveAnOutputOutThatNobodySaysWhereTo() {
        assertThat(complete(BY_FLOW, "1,4")).isEqualTo("1");
        assertThat(actions.complete(key, verdict)).isZero();
    }

    @Test
    void shouldPassTheIdOnWithWhichThePacketCame() {
        key.set(FlowField.TUN_ID, 77).carry(KeyAttributes.TUNNEL.number());
        assertThat(complete("vxlan0,remote=10.0.0.2,key=flow", "4")).contains("tun_id=0x4d,");
        assertThat(FlowField.TUN_ID.get(verdict.mask().words())).isEqualTo(-1);
    }

    @Property
    void shouldAdmitOnlyItsRemoteEndAndKey(
            @ForAll("few") int source, @ForAll("few") int id, @ForAll("few") int port) {
        actions.setPorts(
                new TunnelPorts(
                        Map.of(TUNNEL_PORT, TunnelSpec.parse("gre0,remote=0.0.0.3,key=3"))));
        key.clear().set(FlowField.IN_PORT, port).set(FlowField.TUN_ID, id);
        key.set(FlowField.TUN_SRC, source);
        verdict.clear();
        assertThat(actions.admits(key, verdict))
                .isEqualTo(port != TUNNEL_PORT || id == 3 && source == 3);
        boolean looked = FlowField.TUN_ID.get(verdict.mask().words()) != 0;
        assertThat(looked).isEqualTo(port == TUNNEL_PORT);
    }

    @Provide
    Arbitrary<Integer> few() {
        return Arbitraries.integers().between(2, 5);
    }

    @Test
    void shouldAdmitAnIpv6RemoteEnd() {
        actions.setPorts(
                new TunnelPorts(Map.of(TUNNEL_PORT, TunnelSpec.parse("vxlan0,remote=fd00::9"))));
        key.clear().set(FlowField.IN_PORT, TUNNEL_PORT);
        key.set(FlowField.TUN_IPV6_SRC, 0xfd00_0000_0000_0000L, 9);
        assertThat(actions.admits(key, verdict.clear())).isTrue();
        key.set(FlowField.TUN_IPV6_SRC, 0xfd00_0000_0000_0000L, 8);
        assertThat(actions.admits(key, verdict.clear())).isFalse();
    }
}
