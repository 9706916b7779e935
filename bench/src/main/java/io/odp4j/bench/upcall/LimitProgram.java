package io.odp4j.bench.upcall;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.ovs.OvsFamilies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A C program that only moves the messages, {@code upcall_limit.c}: what the sockets and the
 * datapath allow at most.
 */
public final class LimitProgram implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final int portId;

    private LimitProgram(Process process, int portId) {
        this.process = process;
        this.portId = portId;
    }

    /**
     * Starts it.
     *
     * @param out number of the port that it sends every packet to
     */
    public static LimitProgram start(
            NetlinkEndpoint datapath, OvsFamilies families, int dpIfindex, int out)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                List.of(
                                        NativeProgram.compile("upcall_limit").toString(),
                                        "" + datapath.protocol(),
                                        Integer.toUnsignedString(datapath.portId()),
                                        "" + families.packet().id(),
                                        "" + families.flow().id(),
                                        "" + dpIfindex,
                                        "" + out))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String portId = output.readLine();
        if (portId == null) {
            throw new IOException("upcall_limit ended at once");
        }
        return new LimitProgram(process, Integer.parseUnsignedInt(portId));
    }

    /** Where upcalls are to be sent. */
    public int portId() {
        return portId;
    }

    public long pid() {
        return process.pid();
    }

    /** Ends the program. */
    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
