package io.odp4j.bench.upcall.embedded;

import io.odp4j.bench.upcall.LimitProgram;
import io.odp4j.datapath.ovs.Flows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The C program that only moves messages. */
record LimitSubject(LimitProgram program, Flows flows) implements EmbeddedSubject {
    @Override
    public long cpuNanos() throws IOException {
        Path schedule = Path.of("/proc", "" + program.pid(), "schedstat");
        return Long.parseLong(Files.readString(schedule).split(" ")[0]);
    }

    @Override
    public long pid() {
        return program.pid();
    }

    @Override
    public void purge() throws IOException {
        flows.flush();
    }

    @Override
    public void close() throws IOException {
        program.close();
    }
}
