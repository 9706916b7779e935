/**
 * How many flows a second a control process sets up, from the packet that comes up to the packet
 * that goes out, and how long each first packet takes.
 *
 * <pre>
 *   UpcallBenchmark ─▶ Rig: a datapath, a generator of frames, and the subject that answers upcalls
 *        │               │     embedded: all in this process      (package embedded)
 *        │               │     kernel: processes beside this one  (package kernel)
 *        │             frames by Traffic                          (package traffic)
 *        ▼
 *   UpcallResults                                                 (package result)
 * </pre>
 */
package io.odp4j.bench.upcall;
