/**
 * The Open vSwitch generic-netlink families: datapath, vport, flow, packet, meter and conntrack
 * limit.
 *
 * <pre>
 *   set-up and tools    Datapaths, Vports, Flows,       requests and dumps, typed objects
 *                       Packets, Meters, CtLimits
 *   what there is       FeatureProbes                   what a kernel's datapath can do
 *   packet up           UpcallMessage                   flyweight over a received MISS or ACTION
 *   packet down         FlowCommand, PacketCommand      FLOW NEW and EXECUTE of the packet's way
 *   flow dumps          FlowMessage, FlowText           flyweight over one flow; its line of text
 *   news                OvsEvents                       what others change, as it happens
 * </pre>
 *
 * Attribute tables ({@code *Attributes}) declare every set once; constants and layouts are those of
 * {@code linux/openvswitch.h}.
 */
package io.odp4j.datapath.ovs;
