/**
 * The REPL: commands typed, completed, run on a target, and their answers shown.
 *
 * <pre>
 * terminal, file, -c ─▶ ReplLine ─▶ Repl ─▶ Target ─▶ Screen, a file, a pipe
 *                       words,       │      a live agent or ovs-vswitchd (SocketTarget)
 *                       a pipe       │      or a datapath (TableTarget)
 *                                    ├─▶ built in: help, watch, history, send
 *                                    └─▶ view: flows, upcalls, top, packet, decode
 * </pre>
 */
package io.odp4j.upcall.repl;
