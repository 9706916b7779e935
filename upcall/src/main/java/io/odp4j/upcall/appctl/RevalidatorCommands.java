package io.odp4j.upcall.appctl;

import io.odp4j.upcall.control.CommandTable;
import io.odp4j.upcall.control.ControlCommand;
import io.odp4j.upcall.control.ControlException;
import io.odp4j.upcall.revalidator.Rounds;

/** {@code revalidator/*}: has rounds begin, end, wait. */
final class RevalidatorCommands {
    private static final long PATIENCE_MILLIS = 60_000;

    private final Rounds rounds;

    RevalidatorCommands(Rounds rounds) {
        this.rounds = rounds;
    }

    void addTo(CommandTable table) {
        table.add(new ControlCommand("revalidator/wait", "", 0, 0, arguments -> await()));
        table.add(new ControlCommand("revalidator/purge", "", 0, 0, arguments -> purge()));
        table.add(new ControlCommand("revalidator/pause", "", 0, 0, arguments -> pause()));
        table.add(new ControlCommand("revalidator/resume", "", 0, 0, arguments -> resume()));
    }

    private String await() throws ControlException, InterruptedException {
        if (!rounds.await(PATIENCE_MILLIS)) {
            throw new ControlException("no round has ended; is the revalidator paused?");
        }
        return "";
    }

    private String purge() throws ControlException, InterruptedException {
        if (!rounds.purge(PATIENCE_MILLIS)) {
            throw new ControlException("the flows are not all deleted yet");
        }
        return "";
    }

    private String pause() {
        rounds.pause();
        return "";
    }

    private String resume() {
        rounds.resume();
        return "";
    }
}
