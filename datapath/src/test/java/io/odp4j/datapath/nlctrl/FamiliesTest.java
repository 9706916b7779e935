package io.odp4j.datapath.nlctrl;

import static org.assertj.core.api.Assertions.assertThat;

import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import org.junit.jupiter.api.Test;

/** Questions to this machine's controller, which everybody may ask. */
class FamiliesTest {
    @Test
    void shouldListWhatItFindsByNameAndById() throws NetlinkException {
        try (Families families = Families.open();
                RequestChannel channel = RequestChannel.open(NetlinkEndpoint.KERNEL_GENERIC)) {
            assertThat(families.list()).extracting(Family::name).contains("nlctrl");
            for (Family family : families.list()) {
                Family byName = families.find(family.name()).orElseThrow();
                assertThat(byName.id()).isEqualTo(family.id());
                assertThat(families.find(family.id()).orElseThrow().name())
                        .isEqualTo(family.name());
                GenericFamily resolved = GenericFamily.resolve(channel, family.name());
                assertThat(byName.groups()).isEqualTo(resolved.groups());
                assertThat(byName.version()).isEqualTo(resolved.version());
                assertThat(byName.headerLength()).isEqualTo(resolved.headerLength());
            }
            assertThat(families.find("no_such_family")).isEmpty();
        }
    }

    @Test
    void shouldSayWhatTheControllerItselfCanAndTakes() throws NetlinkException {
        try (Families families = Families.open()) {
            Family nlctrl = families.find("nlctrl").orElseThrow();
            assertThat(nlctrl.id()).isEqualTo(GenericFamily.CONTROL.id());
            assertThat(nlctrl.groups()).containsEntry("notify", 0x10);
            assertThat(nlctrl.operations())
                    .anySatisfy(
                            o -> {
                                assertThat(o.command()).isEqualTo(ControlAttributes.CMD_GETFAMILY);
                                assertThat(o.canDo()).isTrue();
                                assertThat(o.canDump()).isTrue();
                                assertThat(o.needsAdmin()).isFalse();
                            });
            Policy policy = families.policy("nlctrl", ControlAttributes.CMD_GETFAMILY);
            Policy.Uses uses = policy.operations().get(ControlAttributes.CMD_GETFAMILY);
            assertThat(policy.policies().get(uses.ofDo()))
                    .containsKeys(
                            ControlAttributes.FAMILY_ID.number(),
                            ControlAttributes.FAMILY_NAME.number());
        }
    }
}
