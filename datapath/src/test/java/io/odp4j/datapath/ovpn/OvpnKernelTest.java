package io.odp4j.datapath.ovpn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.odp4j.datapath.lab.Namespace;
import io.odp4j.datapath.netlink.FamilyNotFoundException;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.rtnetlink.link.LinkRequest;
import io.odp4j.datapath.rtnetlink.link.Links;
import io.odp4j.datapath.rtnetlink.link.OtherKinds;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two peers of a virtual private network, each in a namespace of its own. */
@Tag("kernel")
@Tag("every-kernel")
class OvpnKernelTest {
    private static final InetSocketAddress A = new InetSocketAddress("10.1.0.1", 1194);
    private static final InetSocketAddress B = new InetSocketAddress("10.1.0.2", 1195);
    private static final int AES_GCM = 1;
    private static final int CHACHA20_POLY1305 = 2;
    private static final int PEER = 5;

    /** One end: its device, and the socket that its packets go through. */
    private record End(Namespace machine, OvpnDevice device, OvpnSocket socket)
            implements AutoCloseable {
        static End open(Namespace machine, InetSocketAddress here, String inner) throws Exception {
            int index =
                    machine.call(
                            () -> {
                                try (Links links = Links.open()) {
                                    links.add(
                                            LinkRequest.of("ovpn")
                                                    .name("vpn0")
                                                    .up()
                                                    .data(
                                                            OtherKinds.OVPN_TABLE,
                                                            OtherKinds.OVPN_MODE,
                                                            0));
                                    return links.find("vpn0").orElseThrow().index();
                                }
                            });
            machine.ip("addr add " + inner + "/24 dev vpn0");
            return machine.call(
                    () -> new End(machine, OvpnDevice.open(index), OvpnSocket.open(here)));
        }

        void add(InetSocketAddress other) throws NetlinkException {
            device.add(OvpnPeer.of(PEER).through(socket).remote(other));
        }

        @Override
        public void close() {
            device.close();
            socket.close();
        }
    }

    private Namespace n1;
    private Namespace n2;

    @BeforeEach
    void cable() throws Exception {
        try {
            OvpnDevice.open(1).close();
        } catch (FamilyNotFoundException e) {
            assumeTrue(false, "this kernel has no ovpn");
        }
        n1 = new Namespace("n1");
        n2 = new Namespace("n2");
        n1.ip("link add u1 type veth peer name u2 netns n2");
        n1.ip("addr add 10.1.0.1/24 dev u1");
        n2.ip("addr add 10.1.0.2/24 dev u2");
        n1.ip("link set u1 up");
        n2.ip("link set u2 up");
    }

    @AfterEach
    void uncable() throws Exception {
        if (n1 != null) {
            n1.close();
            n2.close();
        }
    }

    /** A key for one of the two ends; what one encrypts with, the other decrypts with. */
    private static OvpnKey key(int slot, int id, int cipher, boolean first) {
        byte[][] both = new byte[2][];
        byte[][] nonces = new byte[2][];
        for (int i = 0; i < 2; i++) {
            both[i] = new byte[32];
            Arrays.fill(both[i], (byte) (0x31 * (id + 1) + i));
            nonces[i] = new byte[8];
            Arrays.fill(nonces[i], (byte) (7 * (id + 1) + i));
        }
        int own = first ? 0 : 1;
        return new OvpnKey(
                slot, id, cipher, both[own], nonces[own], both[1 - own], nonces[1 - own]);
    }

    @Test
    void shouldEncryptSwapKeysUnderTrafficAndTellOfAPeerThatExpires() throws Exception {
        try (End a = End.open(n1, A, "10.9.0.1");
                End b = End.open(n2, B, "10.9.0.2");
                OvpnEvents events = n1.call(OvpnEvents::open)) {
            a.add(B);
            b.add(A);
            assertThatThrownBy(() -> a.device().swapKeys(PEER + 1))
                    .isInstanceOf(NetlinkException.class)
                    .hasMessageStartingWith("ovpn key-swap failed: ENOENT");
            OvpnKey cleared = key(0, 0, AES_GCM, true);
            a.device().install(PEER, cleared);
            assertThat(cleared.encryptKey()).containsOnly(0);
            b.device().install(PEER, key(0, 0, AES_GCM, false));

            carriesSecretly();
            swapsUnderTraffic(a, b);
            expires(a, b, events);
        }
    }

    private void carriesSecretly() throws Exception {
        Path capture = Files.createTempFile("vpn", ".pcap");
        Process tcpdump = n2.start("tcpdump -U -i u2 -c 10 -w " + capture + " udp port 1194");
        Thread.sleep(1500);
        // A pattern that would stand out in the capture if it were not encrypted.
        Namespace.Result ping = n1.run("ping -n -c 5 -i 0.2 -W 5 -s 64 -p 53454352 10.9.0.2");
        assertThat(ping.ok()).as(ping.output()).isTrue();
        assertThat(tcpdump.waitFor(20, TimeUnit.SECONDS)).isTrue();
        String bytes = Files.readString(capture, StandardCharsets.ISO_8859_1);
        assertThat(bytes.length()).isGreaterThan(10 * 64);
        assertThat(bytes).doesNotContain("SECR");
        Files.delete(capture);
    }

    private void swapsUnderTraffic(End a, End b) throws Exception {
        Process traffic = n1.start("ping -n -q -c 60 -i 0.05 -W 5 10.9.0.2");
        Thread.sleep(500);
        for (int round = 1; round <= 2; round++) {
            a.device().install(PEER, key(1, round, CHACHA20_POLY1305, true));
            b.device().install(PEER, key(1, round, CHACHA20_POLY1305, false));
            a.device().swapKeys(PEER);
            b.device().swapKeys(PEER);
            assertThat(a.device().key(PEER, 0).number(OvpnAttributes.KEY_KEY_ID, -1))
                    .isEqualTo(round);
            Thread.sleep(300); // what was sent with the old key is on its way
            a.device().deleteKey(PEER, 1);
            b.device().deleteKey(PEER, 1);
        }
        Namespace.Result result = Namespace.result(traffic);
        assertThat(result.output()).contains("60 packets transmitted, 60 received, 0% packet loss");
        assertThat(a.device().peers())
                .singleElement()
                .satisfies(
                        peer -> {
                            assertThat(peer.id()).isEqualTo(PEER);
                            assertThat(peer.sentPackets()).isGreaterThanOrEqualTo(65);
                            assertThat(peer.receivedPackets()).isGreaterThanOrEqualTo(65);
                        });
    }

    private void expires(End a, End b, OvpnEvents events) throws Exception {
        a.device().change(OvpnPeer.of(PEER).keepalive(1, 2));
        b.device().delete(PEER);
        List<OvpnPeer> gone = new ArrayList<>();
        for (int i = 0; i < 200 && gone.isEmpty(); i++) {
            Thread.sleep(50);
            events.poll(
                    new OvpnEvents.Listener() {
                        @Override
                        public void deleted(int ifindex, OvpnPeer peer) {
                            gone.add(peer);
                        }
                    });
        }
        assertThat(gone)
                .singleElement()
                .satisfies(
                        peer -> {
                            assertThat(peer.id()).isEqualTo(PEER);
                            assertThat(peer.deletionReason()).isEqualTo(OvpnPeer.EXPIRED);
                        });
        assertThat(a.device().peers()).isEmpty();
    }
}
