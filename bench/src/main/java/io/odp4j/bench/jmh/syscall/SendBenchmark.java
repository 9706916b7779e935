package io.odp4j.bench.jmh.syscall;

import io.odp4j.bench.jmh.StageBenchmark;
import io.odp4j.datapath.netlink.NetlinkException;
import io.odp4j.datapath.netlink.SendBatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Sending 64 messages of 256 bytes to a netlink socket; the time of one. Gathered, several are one
 * datagram, as the agent's outbox sends them; otherwise each is one.
 */
@State(Scope.Thread)
public class SendBenchmark extends StageBenchmark {
    /** How many messages a call sends. */
    @Param({"1", "16", "64"})
    public int batch;

    private Datagrams datagrams;
    private SendBatch gathered;
    private SendBatch separate;

    @Setup
    public void open() throws NetlinkException {
        datagrams = new Datagrams();
        gathered = new SendBatch(1, batch);
        separate = new SendBatch(batch, 1);
        for (int i = 0; i < batch; i++) {
            gathered.add(datagrams.source(i), Datagrams.BYTES);
            separate.add(datagrams.source(i), Datagrams.BYTES);
            separate.endDatagram();
        }
        gathered.endDatagram();
    }

    @Setup(Level.Invocation)
    public void drain() {
        datagrams.drain();
    }

    @TearDown
    public void close() {
        datagrams.close();
    }

    @Benchmark
    @OperationsPerInvocation(Datagrams.MOST)
    public int sendmsgGathered() {
        int sent = 0;
        for (int i = 0; i < Datagrams.MOST; i += batch) {
            sent += gathered.send(datagrams.sender(), 0);
        }
        Datagrams.check(sent, Datagrams.MOST / batch);
        return sent;
    }

    @Benchmark
    @OperationsPerInvocation(Datagrams.MOST)
    public int sendmmsg() {
        int sent = 0;
        for (int i = 0; i < Datagrams.MOST; i += batch) {
            sent += separate.send(datagrams.sender(), 0);
        }
        Datagrams.check(sent, Datagrams.MOST);
        return sent;
    }
}
