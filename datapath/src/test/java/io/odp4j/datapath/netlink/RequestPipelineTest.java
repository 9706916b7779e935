package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many requests without acknowledgement: to the kernel's controller, and to a peer that is deaf.
 */
@Timeout(60)
class RequestPipelineTest {
    private static final int CMD_GETFAMILY = 3;
    private static final int FAMILY_NAME = 2;

    private final Map<Integer, Integer> errors = new LinkedHashMap<>();
    private final Map<Integer, Integer> expected = new LinkedHashMap<>();

    @Test
    void shouldHandOnErrorsBySequenceNumber() throws Exception {
        try (RequestPipeline pipeline = open(NetlinkEndpoint.KERNEL_GENERIC)) {
            for (int i = 0; i < 3000; i++) {
                request(pipeline, i % 3 == 0 ? "nlctrl" : "odp4j_none");
                if (i % 3 != 0) {
                    expected.put(pipeline.sequence(), Errno.ENOENT.number());
                }
            }
            pipeline.finish(10_000);
            assertThat(errors).isEqualTo(expected).hasSize(2000);
            pipeline.finish(10_000);
            assertThat(errors).hasSize(2000);
        }
    }

    @Test
    void shouldDropARequestThatWasNotEnded() throws Exception {
        try (RequestPipeline pipeline = open(NetlinkEndpoint.KERNEL_GENERIC)) {
            request(pipeline, "odp4j_none");
            expected.put(pipeline.sequence(), Errno.ENOENT.number());
            MessageWriter writer = pipeline.begin(GenericFamily.CONTROL, 0, CMD_GETFAMILY);
            assertThatThrownBy(
                            () -> {
                                while (true) {
                                    writer.putBytes(FAMILY_NAME, new byte[60_000]);
                                }
                            })
                    .isInstanceOf(MessageOverflowException.class);
            request(pipeline, "odp4j_none");
            expected.put(pipeline.sequence(), Errno.ENOENT.number());
            pipeline.begin(GenericFamily.CONTROL, 0, CMD_GETFAMILY);
            pipeline.finish(10_000);
            assertThat(errors).isEqualTo(expected).hasSize(2);
        }
    }

    @Test
    void shouldFinishAndReportThatErrorsWereLost() throws Exception {
        try (RequestPipeline pipeline = open(NetlinkEndpoint.KERNEL_GENERIC)) {
            pipeline.socket().set(SocketOption.RCVBUF, 20_000);
            for (int i = 0; i < 500; i++) {
                request(pipeline, "odp4j_none");
            }
            assertThatThrownBy(() -> pipeline.finish(10_000))
                    .isInstanceOfSatisfying(
                            NetlinkOverrunException.class,
                            e -> assertThat(e.isTruncated()).isFalse());
            int before = errors.size();
            assertThat(before).isBetween(1, 499);
            request(pipeline, "odp4j_none");
            pipeline.finish(10_000);
            assertThat(errors).hasSize(before + 1);
        }
    }

    @Test
    void shouldNotWaitForEverForAPeerThatTakesNothing() throws Exception {
        try (NetlinkSocket deaf = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
                RequestPipeline pipeline = open(NetlinkEndpoint.userspace(deaf.portId()))) {
            deaf.set(SocketOption.RCVBUF, 2_000);
            for (int i = 0; i < 10; i++) {
                request(pipeline, "x");
                assertThatThrownBy(() -> pipeline.finish(30))
                        .isInstanceOf(NetlinkTimeoutException.class);
            }
        }
    }

    @Test
    void shouldReportAnErrorThatIsCutOff() throws Exception {
        try (FakePeer peer =
                        FakePeer.answering(
                                (p, r, from) ->
                                        p.send(
                                                from,
                                                FakePeer.ack(r, 1, Wire.attr(1, new byte[60_000])),
                                                FakePeer.ack(r, 1, Wire.attr(1, new byte[60_000])),
                                                FakePeer.ack(
                                                        r, 1, Wire.attr(1, new byte[60_000]))));
                RequestPipeline pipeline = open(peer.endpoint())) {
            request(pipeline, "x");
            assertThatThrownBy(() -> pipeline.finish(300)).isInstanceOf(NetlinkException.class);
        }
    }

    @Test
    void shouldSpeakToAFamilyWithoutAGenericHeader() throws Exception {
        try (RequestPipeline pipeline = open(NetlinkEndpoint.KERNEL_ROUTE)) {
            int getLink = 18;
            // struct ifinfomsg with an interface index that nobody has
            pipeline.begin(getLink, 0)
                    .putRaw(new byte[4])
                    .putRawU32(0x7fffffff)
                    .putRaw(new byte[8]);
            pipeline.end();
            expected.put(pipeline.sequence(), Errno.ENODEV.number());
            pipeline.finish(10_000);
            assertThat(errors).isEqualTo(expected);
        }
    }

    private RequestPipeline open(NetlinkEndpoint peer) throws NetlinkException {
        return RequestPipeline.open(peer, (sequence, errno, ack) -> errors.put(sequence, errno));
    }

    private static void request(RequestPipeline pipeline, String family) throws NetlinkException {
        pipeline.begin(GenericFamily.CONTROL, 0, CMD_GETFAMILY).putString(FAMILY_NAME, family);
        pipeline.end();
    }
}
