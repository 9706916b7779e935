package io.odp4j.upcall.survival;

import java.util.concurrent.atomic.AtomicLong;

/** How badly {@link MoodyPolicy} behaves; changed by any thread. */
final class Mood {
    /** Of 10,000 decisions so many throw. */
    volatile int throwing;

    /** Of 10,000 decisions so many ask for what no datapath does. */
    volatile int nonsense;

    /** The next decision waits so long, ms, and only that one. */
    final AtomicLong pause = new AtomicLong();

    /** From now on it behaves. */
    void calm() {
        throwing = 0;
        nonsense = 0;
        pause.set(0);
    }
}
