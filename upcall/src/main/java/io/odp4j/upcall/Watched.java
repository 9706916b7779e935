package io.odp4j.upcall;

import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * A thread that the watchdog looks at.
 *
 * @param progress grows as it works
 * @param hasWork whether it should be working
 */
record Watched(Thread thread, LongSupplier progress, BooleanSupplier hasWork) {}
