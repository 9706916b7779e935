package io.odp4j.datapath.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sender does when the queue of a userspace receiver is full. */
class SendWaitingTest {
    private static final int BYTES = 4096;
    private static final int EAGAIN = -Errno.EAGAIN.number();

    private final DirectBuffer memory = new DirectBuffer(BYTES);
    private final SendBatch batch = new SendBatch(1, 1);
    private NetlinkSocket receiver;
    private NetlinkSocket sender;

    @BeforeEach
    void fillTheQueue() throws Exception {
        receiver = NetlinkSocket.listen(NetlinkEndpoint.USERSOCK, 0);
        receiver.set(SocketOption.RCVBUF, 16 * 1024);
        sender = NetlinkSocket.open(NetlinkEndpoint.userspace(receiver.portId()));
        batch.add(memory.address(), BYTES);
        batch.endDatagram();
        int sent = 1;
        for (int i = 0; i < 1000 && sent == 1; i++) {
            sent = batch.send(sender, 0);
        }
        assertThat(sent).isEqualTo(EAGAIN);
    }

    @AfterEach
    void tearDown() {
        sender.close();
        receiver.close();
    }

    @Test
    void shouldSendAsSoonAsTheReceiverHasRoom() throws Exception {
        sender.setSendTimeout(20_000);
        Thread reader =
                new Thread(
                        () -> {
                            sleep(100);
                            ReceiveBatch one = new ReceiveBatch(1);
                            DirectBuffer into = new DirectBuffer(BYTES);
                            one.setTarget(0, into.address(), BYTES);
                            while (one.receive(receiver, 1) > 0) {
                                // Only room is wanted.
                            }
                        });
        reader.start();
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        assertThat(batch.sendWaiting(sender, 0)).isEqualTo(1);
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        // It slept for the 100 ms or so that it had to wait.
        assertThat(used).isLessThan(50_000_000);
        reader.join();
    }

    @Test
    void shouldGiveUpWhenTheTimeIsUp() throws Exception {
        sender.setSendTimeout(50);
        assertThat(batch.sendWaiting(sender, 0)).isEqualTo(EAGAIN);
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
