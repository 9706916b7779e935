package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sockets of the host's kernel, none of which needs a privilege. */
class NetlinkSocketTest {

    @Test
    void shouldBindToAPortIdThatTheKernelChooses() throws Exception {
        try (NetlinkSocket a = NetlinkSocket.open(NetlinkEndpoint.KERNEL_GENERIC);
                NetlinkSocket b = NetlinkSocket.openNonBlocking(NetlinkEndpoint.KERNEL_GENERIC)) {
            assertThat(a.portId()).isNotZero().isNotEqualTo(b.portId());
            assertThat(a.peer()).isEqualTo(NetlinkEndpoint.KERNEL_GENERIC);
            assertThat(a.fd()).isNotEqualTo(b.fd());
        }
    }

    @Test
    void shouldListenOnAPortIdThatTheOwnerChose() throws Exception {
        int wanted = (int) ProcessHandle.current().pid() | 0x40000000;
        try (NetlinkSocket listener = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, wanted)) {
            assertThat(listener.portId()).isEqualTo(wanted);
            assertThat(listener.peer()).isNull();
            assertThatThrownBy(() -> NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, wanted))
                    .hasMessage(
                            "binding a netlink socket to "
                                    + wanted
                                    + " failed: EADDRINUSE (Address already in use)");
        }
    }

    @Test
    void shouldNameAProtocolThatTheKernelDoesNotHave() {
        assertThatThrownBy(() -> NetlinkSocket.open(new NetlinkEndpoint(31, 0)))
                .hasMessage(
                        "opening a netlink socket failed: EPROTONOSUPPORT (Protocol not supported)");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "PKTINFO",
                "BROADCAST_ERROR",
                "NO_ENOBUFS",
                "CAP_ACK",
                "EXT_ACK",
                "GET_STRICT_CHK"
            })
    void shouldSwitchAnOptionOnAndOff(SocketOption option) throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkEndpoint.KERNEL_ROUTE)) {
            assertThat(socket.get(option)).isZero();
            socket.set(option, 1);
            assertThat(socket.get(option)).isEqualTo(1);
            socket.set(option, 0);
            assertThat(socket.get(option)).isZero();
        }
    }

    @Test
    void shouldListenToAllNamespacesOrSayThatItMayNot() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkEndpoint.KERNEL_ROUTE)) {
            socket.set(SocketOption.LISTEN_ALL_NSID, 1);
        } catch (NetlinkException e) {
            assertThat(e)
                    .hasMessage(
                            "setting LISTEN_ALL_NSID to 1 failed: EPERM (Operation not permitted)");
        }
    }

    @Test
    void shouldSayWhichOptionItCannotRead() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkEndpoint.KERNEL_ROUTE)) {
            assertThatThrownBy(() -> socket.get(SocketOption.ADD_MEMBERSHIP))
                    .hasMessageStartingWith("reading ADD_MEMBERSHIP failed: ENOPROTOOPT");
        }
    }

    @Test
    void shouldJoinAndLeaveGroupsBeyondTheFirst32() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkEndpoint.KERNEL_ROUTE)) {
            for (int group : new int[] {1, 32, 33, 36}) {
                assertThat(socket.isMember(group)).isFalse();
                socket.joinGroup(group);
                assertThat(socket.isMember(group)).isTrue();
            }
            socket.leaveGroup(33);
            assertThat(socket.isMember(33)).isFalse();
            assertThat(socket.isMember(32)).isTrue();
            assertThat(socket.isMember(36)).isTrue();
            assertThat(socket.isMember(0)).isFalse();
            assertThat(socket.isMember(5000)).isFalse();
        }
    }

    @Test
    void shouldSetBuffers() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkEndpoint.KERNEL_ROUTE)) {
            // The kernel doubles what was asked for.
            assertThat(socket.setReceiveBuffer(100_000)).isEqualTo(200_000);
            socket.set(SocketOption.SNDBUF, 50_000);
            assertThat(socket.get(SocketOption.SNDBUF)).isEqualTo(100_000);
        }
    }

    @Test
    void shouldFallBackToTheSystemsBoundWithoutPrivilege() throws Exception {
        // As root, but without a capability: what a user gets.
        Process child =
                new ProcessBuilder(
                                "setpriv",
                                "--bounding-set=-all",
                                "--inh-caps=-all",
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Unprivileged.class.getName())
                        .redirectErrorStream(true)
                        .start();
        List<String> output = child.inputReader().lines().toList();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output).containsExactly("EPERM", "granted");
    }

    /** Runs in a process of its own. */
    static final class Unprivileged {
        public static void main(String[] args) throws Exception {
            try (NetlinkSocket socket = NetlinkSocket.open(NetlinkEndpoint.KERNEL_ROUTE)) {
                try {
                    socket.set(SocketOption.RCVBUFFORCE, 100_000);
                } catch (NetlinkException e) {
                    System.out.println(Errno.nameOf(e.errno()));
                }
                System.out.println(
                        socket.setReceiveBuffer(100_000) == 200_000 ? "granted" : "refused");
            }
        }
    }

    @Test
    void shouldWaitForInputNoLongerThanAsked() throws Exception {
        try (NetlinkSocket socket = NetlinkSocket.open(NetlinkEndpoint.KERNEL_ROUTE)) {
            long start = System.nanoTime();
            assertThat(socket.awaitReadable(30)).isFalse();
            assertThat(System.nanoTime() - start).isBetween(25_000_000L, 5_000_000_000L);
            assertThat(socket.awaitWritable(0)).isTrue();
        }
    }

    @Test
    void shouldCloseTwiceAndRefuseUseAfterwards() throws Exception {
        NetlinkSocket socket = NetlinkSocket.open(NetlinkEndpoint.KERNEL_ROUTE);
        socket.close();
        socket.close();
        assertThat(socket.fd()).isEqualTo(-1);
        assertThatThrownBy(() -> socket.set(SocketOption.EXT_ACK, 1)).hasMessageContaining("EBADF");
        assertThat(new ReceiveBatch(1).receive(socket, 1)).isEqualTo(-Errno.EBADF.number());
    }
}
