package io.odp4j.bench.upcall;

import io.odp4j.datapath.netlink.NetlinkEndpoint;
import io.odp4j.datapath.ovs.OvsFamilies;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program that only moves the messages: what the sockets and the datapath allow at most. There is
 * one in C, {@code upcall_limit.c}, and one for the JVM, {@link BareLoop}.
 */
public final class LimitProgram implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Process process;
    private final int portId;

    private LimitProgram(Process process, int portId) {
        this.process = process;
        this.portId = portId;
    }

    /** The command that starts the program in C. */
    public static List<String> inC() throws IOException, InterruptedException {
        return List.of(NativeProgram.compile("upcall_limit").toString());
    }

    /** The command that starts the program for the JVM, with this JVM's flags. */
    public static List<String> onJvm() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(BareLoop.class.getName());
        return command;
    }

    /**
     * Starts one.
     *
     * @param program the command that does, without what it is to be told
     * @param out number of the port that it sends every packet to
     */
    public static LimitProgram start(
            List<String> program,
            NetlinkEndpoint datapath,
            OvsFamilies families,
            int dpIfindex,
            int out)
            throws IOException {
        List<String> command = new ArrayList<>(program);
        command.addAll(
                List.of(
                        "" + datapath.protocol(),
                        Integer.toUnsignedString(datapath.portId()),
                        "" + families.packet().id(),
                        "" + families.flow().id(),
                        "" + dpIfindex,
                        "" + out));
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
        String portId = output.readLine();
        if (portId == null) {
            throw new IOException(program.get(program.size() - 1) + " ended at once");
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
