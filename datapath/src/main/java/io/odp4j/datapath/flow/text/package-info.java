/**
 * Flow keys, masks and actions as people write them: the syntax of {@code ovs-dpctl}, both ways.
 *
 * <pre>
 *   "in_port(1),eth(…)" ─▶ FlowParser ───▶ OVS_FLOW_ATTR_KEY, _MASK ─▶ a request
 *   "ct(commit),recirc(0x1)" ─▶ ActionParser ─▶ OVS_FLOW_ATTR_ACTIONS ─▶ a request
 *
 *   a dump or an upcall ─▶ attributes ─▶ FlowFormatter, ActionFormatter ─▶ text
 * </pre>
 *
 * Both directions work between a character sequence and attributes in a buffer, without an object
 * per attribute. The definition of the syntax is what Open vSwitch 3.1 prints and reads; {@link
 * io.odp4j.datapath.flow.text.FlowTextOptions#complete()} adds what it leaves out.
 */
package io.odp4j.datapath.flow.text;
