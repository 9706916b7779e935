package io.odp4j.datapath.ovs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.odp4j.datapath.flow.ActionAttributes;
import io.odp4j.datapath.flow.KeyAttributes;
import io.odp4j.datapath.netlink.Errno;
import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.table.AttributeList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Datapaths, vports and flows, whoever answers for them. */
abstract class OvsContract {
    private RequestChannel channel;
    private OvsFamilies families;
    private Datapaths datapaths;
    private Vports vports;
    private Datapath datapath;

    /** Who answers. */
    abstract NetlinkEndpoint endpoint();

    @BeforeEach
    void makeDatapath() throws Exception {
        channel = RequestChannel.open(endpoint());
        families = OvsFamilies.resolve(channel);
        datapaths = new Datapaths(channel, families);
        vports = new Vports(channel, families);
        datapath = datapaths.create("dpt", 0, DatapathAttributes.F_UNALIGNED);
    }

    @AfterEach
    void deleteDatapath() throws Exception {
        if (datapaths.find("dpt").isPresent()) {
            datapaths.delete(datapath);
        }
        channel.close();
    }

    @Test
    void shouldFindAndListADatapath() throws Exception {
        assertThat(datapaths.get("dpt").ifindex()).isEqualTo(datapath.ifindex());
        assertThat(datapaths.list()).extracting(Datapath::name).contains("dpt");
        assertThat(datapaths.find("nodp")).isEmpty();
    }

    @Test
    void shouldKeepFeaturesThatAreSet() throws Exception {
        datapaths.setFeatures(
                datapath, DatapathAttributes.F_UNALIGNED | DatapathAttributes.F_VPORT_PIDS, null);
        assertThat(datapaths.get("dpt").userFeatures()).isEqualTo(3);
        datapaths.setMasksCacheSize(datapaths.get("dpt"), 512);
        assertThat(datapaths.get("dpt").userFeatures()).isEqualTo(3);
    }

    @Test
    void shouldRefuseASecondDatapathOfTheSameName() {
        assertThatThrownBy(() -> datapaths.create("dpt", 0, 0))
                .isInstanceOfSatisfying(
                        NetlinkException.class, e -> assertThat(e.is(Errno.EEXIST)).isTrue())
                .hasMessageContaining("datapath new dpt failed: EEXIST");
    }

    @Test
    void shouldAddListAndDeleteAVport() throws Exception {
        Vport vport =
                vports.add(datapath.ifindex(), "int0", Vport.TYPE_INTERNAL, new int[] {0}, null);
        assertThat(vport.name()).isEqualTo("int0");
        assertThat(vport.number()).isPositive();
        assertThat(vports.list(datapath.ifindex()))
                .extracting(Vport::name)
                .containsExactlyInAnyOrder("dpt", "int0");
        assertThat(vports.find("int0")).isPresent();
        vports.delete(vport);
        assertThat(vports.find("int0")).isEmpty();
    }

    @Test
    void shouldNameTheErrorOfADeviceThatIsNotThere() {
        assertThatThrownBy(
                        () ->
                                vports.add(
                                        datapath.ifindex(),
                                        "nodev",
                                        Vport.TYPE_NETDEV,
                                        new int[] {0},
                                        null))
                .hasMessage("vport new nodev failed: ENODEV (No such device)");
    }

    @Test
    void shouldTellOfVportsThatComeAndGo() throws Exception {
        try (OvsEvents events = OvsEvents.open(endpoint(), families)) {
            Vport vport =
                    vports.add(
                            datapath.ifindex(), "int1", Vport.TYPE_INTERNAL, new int[] {0}, null);
            vports.delete(vport);
            List<String> seen = new ArrayList<>();
            events.poll(
                    new OvsEvents.Listener() {
                        @Override
                        public void vport(int command, Vport event) {
                            seen.add(command + " " + event.name());
                        }
                    });
            assertThat(seen)
                    .containsExactly(
                            VportAttributes.CMD_NEW + " int1", VportAttributes.CMD_DEL + " int1");
        }
    }

    @Test
    void shouldDumpAFlowAsItWasAdded() throws Exception {
        Flows flows = new Flows(channel, families, datapath);
        byte[] ufid = new byte[16];
        ufid[0] = 7;
        AttributeList key =
                new AttributeList(KeyAttributes.TABLE)
                        .put(KeyAttributes.RECIRC_ID, 0)
                        .put(KeyAttributes.IN_PORT, 0)
                        .put(KeyAttributes.ETHERTYPE, 0x88cc);
        AttributeList mask =
                new AttributeList(KeyAttributes.TABLE)
                        .put(KeyAttributes.RECIRC_ID, 0xffffffffL)
                        .put(KeyAttributes.IN_PORT, 0xffffffffL);
        AttributeList actions =
                new AttributeList(ActionAttributes.TABLE).put(ActionAttributes.OUTPUT, 0);
        AttributeList flow =
                new AttributeList(FlowAttributes.TABLE)
                        .put(FlowAttributes.UFID, ufid)
                        .put(FlowAttributes.KEY, key)
                        .put(FlowAttributes.MASK, mask)
                        .put(FlowAttributes.ACTIONS, actions);
        flows.add("flow put", flow);

        List<String> dumped = new ArrayList<>();
        List<Long> ufids = new ArrayList<>();
        assertThat(
                        flows.dump(
                                0,
                                f -> {
                                    dumped.add(f.actions().toString());
                                    ufids.add(f.ufidFirst());
                                    assertThat(f.key().number(KeyAttributes.RECIRC_ID, -1))
                                            .isZero();
                                }))
                .isTrue();
        assertThat(dumped).containsExactly("output=0");
        assertThat(ufids).containsExactly(7L);

        assertThatThrownBy(() -> flows.add("flow put", flow)).hasMessageContaining("EEXIST");
        flows.flush();
        assertThat(datapaths.get("dpt").stat("n_flows")).isZero();
    }

    /** The kernel refuses a second dump on a socket while it still has parts of the first one. */
    @Test
    void shouldDumpAgainAfterADumpThatWasBrokenOff() throws Exception {
        Flows flows = new Flows(channel, families, datapath);
        int count = 2000;
        for (int i = 0; i < count; i++) {
            AttributeList key =
                    new AttributeList(KeyAttributes.TABLE)
                            .put(KeyAttributes.RECIRC_ID, i)
                            .put(KeyAttributes.IN_PORT, 0)
                            .put(KeyAttributes.ETHERTYPE, 0x88cc);
            flows.add(
                    "flow put",
                    new AttributeList(FlowAttributes.TABLE)
                            .put(FlowAttributes.KEY, key)
                            .put(
                                    FlowAttributes.ACTIONS,
                                    new AttributeList(ActionAttributes.TABLE)));
        }
        for (int round = 0; round < 3; round++) {
            assertThatThrownBy(
                            () ->
                                    flows.dump(
                                            0,
                                            f -> {
                                                throw new IllegalStateException("enough");
                                            }))
                    .hasMessage("enough");
            AtomicInteger seen = new AtomicInteger();
            assertThat(flows.dump(0, f -> seen.incrementAndGet())).isTrue();
            assertThat(seen).hasValue(count);
        }
    }
}
