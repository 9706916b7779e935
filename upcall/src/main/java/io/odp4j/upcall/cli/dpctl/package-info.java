/**
 * {@code odp4j dpctl}: looks at a kernel datapath and changes it by hand, as {@code ovs-dpctl}
 * does.
 *
 * <pre>
 *   DpctlCommand        options that every command takes; the list of commands
 *     Task              one command: its words, its output, its exit status
 *       Session         one request channel; the datapath that a command means
 *       Output          standard output, buffered: text lines or JSON objects, one a line
 *   *Command            one command each, or those of one object
 * </pre>
 *
 * No command that only looks sends a request that changes anything: features least of all, which
 * {@code ovs-dpctl} sets on every datapath that it opens.
 */
package io.odp4j.upcall.cli.dpctl;
