/**
 * What shall be done with a packet, and with how many others the same: the pipeline through tables
 * of rules.
 *
 * <pre>
 *   FlowKey (missed the flow cache)
 *      │ Pipeline         from table to table, action by action
 *      │   table.RuleTable  the best rule, and which bits of the key that took
 *      │   MacTable         where addresses were seen, for NORMAL
 *      ▼
 *   Verdict: DatapathAction… and FlowMask ─▶ flow cache, kernel
 * </pre>
 *
 * One thread owns all of it. A bundle of changes is made between two packets; no packet sees half
 * of one.
 */
package io.odp4j.flowcache.policy;
