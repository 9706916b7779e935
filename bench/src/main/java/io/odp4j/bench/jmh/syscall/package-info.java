/**
 * What leaving the JVM costs: the native call, and the kernel's part of it.
 *
 * <pre>
 *   Datagrams: one netlink socket to another, both of this process
 *     sender ─ sendmsg, sendmmsg ─▶ kernel ─ read, recvmmsg ─▶ receiver
 * </pre>
 */
package io.odp4j.bench.jmh.syscall;
