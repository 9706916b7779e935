/**
 * Packets that a flow's userspace action sends up, each with a cookie that says what for.
 *
 * <pre>
 *   policy ─ ActionCookie ─▶ flow: userspace(pid, cookie) ─▶ datapath ─▶ upcall with the cookie
 *        ─▶ classifier ─▶ controller, slow path, samples, handlers of the user's
 * </pre>
 */
package io.odp4j.upcall.action;
