/**
 * The outbox: EXECUTE and flow requests of a whole batch in one system call, and the errors that
 * come back.
 *
 * <pre>
 *   classifier ─▶ Outbox.execute, install, delete … flush ─▶ sendmsg ─▶ kernel
 *                        errors and final counters ◀─ by sequence number ◀─┘
 * </pre>
 */
package io.odp4j.upcall.outbox;
