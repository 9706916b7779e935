/**
 * The control socket: how other programs ask a running agent.
 *
 * <pre>
 * ovs-appctl, odp4j repl
 *    │  JSON-RPC on a Unix socket (the unixctl protocol of Open vSwitch)
 *    ▼
 * ControlServer ─▶ ControlConnection ─▶ JsonFrames ─▶ RpcRequest ─▶ CommandTable ─▶ RpcReply
 *                  a thread each        one object    parsed        looked up and run
 * </pre>
 *
 * {@link io.odp4j.upcall.control.ControlClient} is the other side of it; it talks to a server of
 * Open vSwitch as well.
 */
package io.odp4j.upcall.control;
