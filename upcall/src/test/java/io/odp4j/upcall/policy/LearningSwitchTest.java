package io.odp4j.upcall.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowKey;
import io.odp4j.datapath.flow.text.ActionFormatter;
import io.odp4j.datapath.flow.text.FlowTextOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LearningSwitchTest {
    private static final long A = 0x0200_0000_000aL;
    private static final long B = 0x0200_0000_000bL;
    private static final long BROADCAST = 0xffff_ffff_ffffL;

    private final LearningSwitch policy = new LearningSwitch();

    @BeforeEach
    void threePorts() {
        policy.portsChanged(new int[] {3, 1, 2});
    }

    private String decide(int port, long source, long destination, int tci) {
        Verdict verdict = new Verdict().clear();
        policy.decide(key(port, source, destination, tci), verdict);
        return text(verdict);
    }

    private static FlowKey key(int port, long source, long destination, int tci) {
        return new FlowKey()
                .set(FlowField.IN_PORT, port)
                .set(FlowField.DL_SRC, source)
                .set(FlowField.DL_DST, destination)
                .set(FlowField.VLAN_TCI, tci);
    }

    private static String text(Verdict verdict) {
        StringBuilder out = new StringBuilder();
        new ActionFormatter(FlowTextOptions.PLAIN)
                .format(out, verdict.actions().buffer(), 0, verdict.actions().length());
        return out.toString();
    }

    @Test
    void shouldFloodWhatItDoesNotKnow() {
        assertThat(decide(1, A, B, 0)).isEqualTo("2,3");
        assertThat(decide(2, A, BROADCAST, 0)).isEqualTo("1,3");
    }

    @Test
    void shouldSendToThePortWhereTheAddressWasSeen() {
        decide(1, A, BROADCAST, 0);
        assertThat(decide(3, B, A, 0)).isEqualTo("1");
        assertThat(decide(1, A, B, 0)).isEqualTo("3");
    }

    @Test
    void shouldDropWhatWouldLeaveWhereItCame() {
        decide(1, A, BROADCAST, 0);
        assertThat(decide(1, B, A, 0)).isEqualTo("drop");
    }

    @Test
    void shouldLearnPerVlanAndIgnoreThePriority() {
        decide(1, A, BROADCAST, 0x1064);
        assertThat(decide(2, B, A, 0)).isEqualTo("1,3");
        assertThat(decide(2, B, A, 0x1064)).isEqualTo("1");
        assertThat(decide(2, B, A, 0xf064)).isEqualTo("1");
        assertThat(decide(2, B, A, 0x1065)).isEqualTo("1,3");
    }

    @Test
    void shouldNotLearnGroupAddresses() {
        decide(1, 0x0100_5e00_0001L, BROADCAST, 0);
        assertThat(policy.addresses().size()).isZero();
    }

    @Test
    void shouldKeepBridgeGroupAddressesToItself() {
        assertThat(decide(1, A, 0x0180_c200_0000L, 0)).isEqualTo("drop");
        assertThat(decide(1, A, 0x0180_c200_000fL, 0)).isEqualTo("drop");
        assertThat(decide(1, A, 0x0180_c200_0010L, 0)).isEqualTo("2,3");
    }

    @Test
    void shouldChangeItsVersionWhenADecisionMayChange() {
        long version = policy.version();
        decide(1, A, BROADCAST, 0);
        assertThat(policy.version()).isNotEqualTo(version);
        version = policy.version();
        decide(1, A, BROADCAST, 0);
        assertThat(policy.version()).isEqualTo(version);
        decide(2, A, BROADCAST, 0);
        assertThat(policy.version()).isNotEqualTo(version);
    }

    @Test
    void shouldForgetAddressesOfAPortThatIsGone() {
        decide(1, A, BROADCAST, 0);
        policy.portsChanged(new int[] {2, 3});
        assertThat(policy.addresses().size()).isZero();
        assertThat(decide(2, B, A, 0)).isEqualTo("3");
    }

    @Test
    void shouldLearnNothingWhenItDecidesAgain() {
        policy.decideAgain(key(1, A, B, 0), new Verdict().clear());
        assertThat(policy.addresses().size()).isZero();
    }

    @Test
    void shouldMatchInPortAddressesAndVlanAndNothingElse() {
        Verdict verdict = new Verdict().clear();
        policy.decide(key(1, A, B, 0x1064), verdict);
        FlowKey mask = verdict.mask().bits();
        for (FlowField field : FlowField.values()) {
            long expected =
                    switch (field) {
                        case RECIRC_ID, IN_PORT -> 0xffff_ffffL;
                        case DL_SRC, DL_DST -> 0xffff_ffff_ffffL;
                        case VLAN_TCI -> 0x1fff;
                        default -> 0;
                    };
            assertThat(mask.get(field)).as(field.fieldName()).isEqualTo(expected);
        }
    }
}
