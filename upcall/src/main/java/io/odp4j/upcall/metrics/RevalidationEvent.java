package io.odp4j.upcall.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/** A round of the revalidator. */
@Name("io.odp4j.Revalidation")
@Label("Revalidation")
@Description("A round of the revalidator.")
@Category({"odp4j"})
@StackTrace(false)
public final class RevalidationEvent extends Event {
    @Label("Flows listed")
    int flows;

    @Label("Work on them")
    @Timespan(Timespan.MILLISECONDS)
    long work;

    @Label("Flow limit")
    int flowLimit;

    /** Says what the round did, and ends the event. */
    public void end(int flowCount, long workMillis, int limit) {
        end();
        if (shouldCommit()) {
            flows = flowCount;
            work = workMillis;
            flowLimit = limit;
            commit();
        }
    }
}
