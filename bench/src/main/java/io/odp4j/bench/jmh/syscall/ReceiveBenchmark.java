package io.odp4j.bench.jmh.syscall;

import static io.odp4j.datapath.netlink.LibC.C;

import io.odp4j.bench.jmh.StageBenchmark;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.ReceiveBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Taking 64 waiting datagrams of 256 bytes off a netlink socket; the time of one. */
public class ReceiveBenchmark extends StageBenchmark {
    /** Datagrams that wait; filled up again outside the time. */
    @State(Scope.Thread)
    public static class Waiting {
        final Datagrams datagrams;

        public Waiting() {
            try {
                datagrams = new Datagrams();
            } catch (NetlinkException e) {
                throw new IllegalStateException(e);
            }
        }

        // A filling takes 40 µs and more: what JMH needs around it does not show.
        @Setup(Level.Invocation)
        public void fill() {
            datagrams.fill();
        }

        @TearDown
        public void close() {
            datagrams.close();
        }
    }

    /** The same, and how many are taken by a call. */
    @State(Scope.Thread)
    public static class Batches extends Waiting {
        @Param({"1", "4", "16", "64"})
        public int batch;

        private ReceiveBatch messages;

        @Setup
        public void prepare() {
            messages = new ReceiveBatch(batch);
            for (int i = 0; i < batch; i++) {
                messages.setTarget(i, datagrams.target(i), Datagrams.BYTES);
            }
        }
    }

    /** One by one. */
    @Benchmark
    @OperationsPerInvocation(Datagrams.MOST)
    public long recv(Waiting waiting) {
        int fd = waiting.datagrams.receiver().fd();
        long bytes = 0;
        for (int i = 0; i < Datagrams.MOST; i++) {
            // What read(2) does with a socket is recv(2) without flags.
            bytes += C.read(fd, waiting.datagrams.target(i), Datagrams.BYTES);
        }
        Datagrams.check((int) bytes, Datagrams.MOST * Datagrams.BYTES);
        return bytes;
    }

    @Benchmark
    @OperationsPerInvocation(Datagrams.MOST)
    public int recvmmsg(Batches waiting) {
        int received = 0;
        for (int i = 0; i < Datagrams.MOST; i += waiting.batch) {
            received += waiting.messages.receive(waiting.datagrams.receiver(), waiting.batch);
        }
        Datagrams.check(received, Datagrams.MOST);
        return received;
    }
}
