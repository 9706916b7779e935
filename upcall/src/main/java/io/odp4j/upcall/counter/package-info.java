/** Named counters of everything received, decided, sent, lost and failed. */
package io.odp4j.upcall.counter;
