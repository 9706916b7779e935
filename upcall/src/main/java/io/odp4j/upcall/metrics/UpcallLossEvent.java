package io.odp4j.upcall.metrics;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The datapath said that a socket's queue was full and upcalls were dropped. */
@Name("io.odp4j.UpcallLoss")
@Label("Upcall loss")
@Description("The datapath said that a socket's queue was full and upcalls were dropped.")
@Category({"odp4j"})
@StackTrace(false)
public final class UpcallLossEvent extends Event {
    @Label("Queue")
    String queue;

    @Label("Losses of the queue so far")
    long losses;

    /** Records a loss. */
    public static void record(String queue, long losses) {
        UpcallLossEvent event = new UpcallLossEvent();
        if (event.shouldCommit()) {
            event.queue = queue;
            event.losses = losses;
            event.commit();
        }
    }
}
