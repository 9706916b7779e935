package io.odp4j.datapath.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.odp4j.datapath.embedded.forwarding.PacketCounter;
import io.odp4j.datapath.embedded.port.DeviceLink;
import io.odp4j.datapath.netlink.DirectBuffer;
import io.odp4j.datapath.netlink.MessageHeader;
import io.odp4j.datapath.netlink.MessageWriter;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.NetlinkSocket;
import io.odp4j.datapath.netlink.ReceiveBatch;
import io.odp4j.datapath.netlink.RequestChannel;
import io.odp4j.datapath.netlink.SendBatch;
import io.odp4j.datapath.ovs.Datapath;
import io.odp4j.datapath.ovs.Datapaths;
import io.odp4j.datapath.ovs.OvsFamilies;
import io.odp4j.datapath.ovs.Vport;
import io.odp4j.datapath.ovs.Vports;

/**
 * Any bytes as requests and frames of the embedded datapath: each is answered or counted, and the
 * next one too.
 *
 * <pre>
 *   0      family, modulo 8: datapath, vport, flow, packet, meter, ct_limit, psample; the last
 *          stands for a frame
 *   1      command
 *   2      flags, the upper byte
 *   3      whether the datapath is there
 *   4      attributes, or the frame
 * </pre>
 */
class RequestFuzzTest {
    private static final int HEADER = 4;
    private static final int KINDS = 8;
    private static final int FRAME = 7;
    private static final int BYTES = 1 << 17;
    private static final int PATIENCE_MILLIS = 5000;
    private static Rig rig;

    @FuzzTest
    void shouldAnswerAnyRequest(byte[] bytes) throws Exception {
        if (bytes.length < HEADER || bytes.length > 1 << 15) {
            return;
        }
        if (rig == null) {
            rig = new Rig();
        }
        if ((bytes[0] & 0xff) % KINDS == FRAME) {
            rig.frame(bytes);
        } else {
            rig.request(bytes);
        }
        assertThat(rig.datapaths.find("nodp")).isEmpty();
        rig.checkCounters();
    }

    /** One for all inputs: what they do to it stays. */
    private static final class Rig {
        private final EmbeddedDatapath embedded = EmbeddedDatapath.open();
        private final DeviceLink link = embedded.plug(new Bench.Sink("one"));
        private final RequestChannel channel = RequestChannel.open(embedded.endpoint());
        private final Datapaths datapaths = new Datapaths(channel, OvsFamilies.resolve(channel));
        private final NetlinkSocket socket = NetlinkSocket.openNonBlocking(embedded.endpoint());
        private final DirectBuffer memory = new DirectBuffer(BYTES);
        private final DirectBuffer answer = new DirectBuffer(BYTES);
        private final SendBatch sender = new SendBatch(1, 1);
        private final ReceiveBatch receiver = new ReceiveBatch(1);

        Rig() throws NetlinkException {
            receiver.setTarget(0, answer.address(), BYTES);
        }

        private Datapath datapath() throws NetlinkException {
            Datapath there = datapaths.find("fuzz0").orElse(null);
            if (there == null) {
                there = datapaths.create("fuzz0", socket.portId(), 1);
                new Vports(channel, OvsFamilies.resolve(channel))
                        .add(
                                there.ifindex(),
                                "one",
                                Vport.TYPE_NETDEV,
                                new int[] {socket.portId()},
                                null);
            }
            return there;
        }

        void frame(byte[] bytes) throws NetlinkException {
            datapath();
            memory.buffer().put(0, bytes);
            link.receive(memory.buffer(), HEADER, bytes.length - HEADER);
            drain();
        }

        void request(byte[] bytes) throws NetlinkException {
            int flags = bytes[2] << 8 | MessageHeader.REQUEST | MessageHeader.ACK;
            MessageWriter w = new MessageWriter().wrap(memory.buffer(), 0, BYTES);
            w.beginGeneric(0x21 + (bytes[0] & 0xff) % KINDS, flags & 0xffff, 1, bytes[1] & 0xff, 2);
            w.putRawU32(bytes[3] == 0 ? 0 : datapath().ifindex());
            int at = w.reserve(bytes.length - HEADER);
            w.buffer().put(at, bytes, HEADER, bytes.length - HEADER);
            w.end();
            sender.clear();
            sender.add(memory.address(), w.written());
            sender.endDatagram();
            assertThat(sender.send(socket, 0)).isEqualTo(1);
            assertThat(socket.awaitReadable(PATIENCE_MILLIS)).as("an answer").isTrue();
            drain();
        }

        /**
         * Whatever came is named by a counter; some lists of actions send a packet to many places.
         */
        void checkCounters() {
            long[] counts = embedded.counters();
            long came = 0;
            long fates = 0;
            for (PacketCounter counter : PacketCounter.values()) {
                boolean in = counter == PacketCounter.RECEIVED || counter == PacketCounter.EXECUTED;
                came += in ? counts[counter.ordinal()] : 0;
                fates += in ? 0 : counts[counter.ordinal()];
            }
            assertThat(fates).as("what became of packets").isGreaterThanOrEqualTo(came);
        }

        private void drain() {
            while (receiver.receive(socket, 1) == 1) {
                assertThat(receiver.truncated(0)).isFalse();
            }
        }
    }
}
