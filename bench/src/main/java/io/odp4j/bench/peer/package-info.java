/** What it takes to measure another implementation on the same packets: bench/peer. */
package io.odp4j.bench.peer;
