/**
 * How many upcalls a second go from a generator to a decision and back.
 *
 * <pre>
 *   MissGenerator ─▶ EmbeddedDatapath ─▶ upcalls ─▶ Subject: AgentSubject, NativeSubject
 *        ▲                  │  ▲                        │
 *        └──── frame ◀──────┘  └── execute, install ◀───┘
 * </pre>
 */
package io.odp4j.bench.upcall;
