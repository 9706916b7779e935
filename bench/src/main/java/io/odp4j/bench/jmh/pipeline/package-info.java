/**
 * The agent's stages put together, without a datapath: upcalls come out of memory, and requests go
 * to a netlink socket of this process that nobody answers from.
 *
 * <pre>
 *   PipelineUpcalls ─ copy ─▶ UpcallRing ─▶ Classifier, FlowBook, Policy ─▶ Outbox ─ sendmsg ─▶ a socket
 *   RingHopBenchmark:         └───────┘
 *   PipelineBenchmark:                      └──────────────── one thread ────────────────┘
 *   RingPipelineBenchmark:    └──────────────────────── two threads ─────────────────────┘
 * </pre>
 */
package io.odp4j.bench.jmh.pipeline;
