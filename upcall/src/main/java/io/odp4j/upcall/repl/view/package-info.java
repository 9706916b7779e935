/**
 * What the REPL makes of several answers: lists of flows sorted and grouped, what happens as it
 * happens, packets made and sent, messages taken apart.
 *
 * <pre>
 *   View ─▶ Target: dpctl/dump-flows, dpctl/show, upcall/watch, flow/watch, ofproto/trace, …
 *     └◀ FlowDump, EventStream, TargetPorts: answers read back
 * </pre>
 *
 * A dump is read in the text form that Open vSwitch's daemons have too, so that flows and top work
 * on those as well.
 */
package io.odp4j.upcall.repl.view;
