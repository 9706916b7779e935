/**
 * The reader: waits on every upcall socket and receives straight into free slots of the ring.
 *
 * <pre>
 *   kernel ─▶ socket of vport 1 ┐
 *   kernel ─▶ socket of vport 2 ├─ epoll ─▶ recvmmsg into the ring's free slots ─▶ publish
 *   kernel ─▶ socket of CPUs    ┘
 * </pre>
 */
package io.odp4j.upcall.reader;
