/**
 * The benchmark on a kernel datapath. Each subject has a datapath and two veth pairs of its own;
 * the generator is a C program that sends into one pair and receives from the other.
 *
 * <pre>
 *   Generator ─▶ veth ─▶ port 1 │ datapath │ port 2 ─▶ veth ─▶ Generator
 *                               └────┬─────┘
 *                     KernelSubject: AgentProcess, VswitchProcess, LimitSubject
 * </pre>
 */
package io.odp4j.bench.upcall.kernel;
