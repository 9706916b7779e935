/**
 * The kernel's own rules for flow keys, masks and actions, checked before a request is sent.
 *
 * <pre>
 *   key, mask, actions (AttributeList) ─▶ FlowValidator ─▶ FlowProblem: which place, and why
 *                                             │ none
 *                                             ▼
 *                                      OVS_FLOW_CMD_NEW, OVS_PACKET_CMD_EXECUTE
 * </pre>
 *
 * The kernel answers EINVAL to all of them and writes the reason to its log at best. This is for
 * people and tools; the packet path makes keys and masks that are right by construction.
 */
package io.odp4j.datapath.flow.validation;
