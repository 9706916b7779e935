package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.netlink.FamilyPolicy;
import io.odp4j.datapath.netlink.GenericFamily;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the embedded datapath says of itself: policies by the controller, features by trial. */
class FeatureProbesEmbeddedTest {
    @RegisterExtension final EmbeddedPeer embedded = new EmbeddedPeer();

    private RequestChannel channel;
    private OvsFamilies families;

    @BeforeEach
    void open() throws Exception {
        channel = RequestChannel.open(embedded.endpoint());
        families = OvsFamilies.resolve(channel);
    }

    @AfterEach
    void close() {
        channel.close();
    }

    @Test
    void shouldTellThePoliciesOfItsFamilies() throws Exception {
        assertThat(FamilyPolicy.attributes(channel, families.packet()).stream())
                .contains(PacketAttributes.UPCALL_PID.number());
        assertThat(FamilyPolicy.attributes(channel, families.vport()).stream())
                .contains(VportAttributes.NAME.number(), VportAttributes.IFINDEX.number())
                .doesNotContain(VportAttributes.STATS.number()); // bytes: a kernel does not, too
        assertThat(FamilyPolicy.attributes(channel, GenericFamily.CONTROL).stream()).contains(1, 2);
    }

    @Test
    void shouldTellNoPolicyOfAFamilyWithout() throws Exception {
        GenericFamily psample = GenericFamily.resolve(channel, "psample");
        assertThatThrownBy(() -> FamilyPolicy.attributes(channel, psample))
                .isInstanceOf(NetlinkException.class)
                .hasMessageContaining("ENODATA");
    }

    @Test
    void shouldHaveTheFeaturesThatAreTried() throws Exception {
        Datapath datapath = new Datapaths(channel, families).create("dpf", 0, 0);
        Map<String, Object> found = new FeatureProbes(channel, families, datapath).probe();
        assertThat(found)
                .containsEntry("Psample action", true)
                .containsEntry("Upcall pid of packets", true)
                .containsEntry("Ufid", true)
                .containsEntry("Conntrack timeout policy", false);
    }
}
