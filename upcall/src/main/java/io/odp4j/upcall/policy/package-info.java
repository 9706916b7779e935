/**
 * Policies: what decides about a packet that no flow matched.
 *
 * <pre>
 *   FlowKey ─▶ Policy.decide ─▶ Verdict: actions, and a mask as wide as the decision allows
 * </pre>
 */
package io.odp4j.upcall.policy;
