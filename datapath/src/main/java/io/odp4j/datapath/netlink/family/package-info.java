/**
 * Families as declared, and what works for any of them.
 *
 * <pre>
 *   FamilySpec (OperationSpec …) ─┬─▶ FamilyClient   requests and dumps ⇄ kernel
 *                                 └─▶ FamilyEvents   multicast groups  ─▶ listener
 * </pre>
 */
package io.odp4j.datapath.netlink.family;
