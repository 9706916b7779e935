package io.odp4j.upcall.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** A batch of upcalls that a classifier handled. Off unless asked for: there can be many. */
@Name("io.odp4j.UpcallBatch")
@Label("Upcall batch")
@Description("A batch of upcalls that a classifier handled.")
@Category({"odp4j"})
@StackTrace(false)
@Enabled(false)
public final class UpcallBatchEvent extends Event {
    @Label("Upcalls")
    int upcalls;

    /** Says how many upcalls were in it, and ends the event. */
    public void end(int count) {
        end();
        if (shouldCommit()) {
            upcalls = count;
            commit();
        }
    }
}
