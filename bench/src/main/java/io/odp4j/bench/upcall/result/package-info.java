/**
 * What the upcall benchmark measured, its statistics, and the two forms in which it is given: one
 * JSON document and a table for a terminal.
 *
 * <pre>
 *   Sample (one subject, one load, one round) ─▶ Series ─▶ LoadResult ─┐
 *                                        Environment, WarmUp ──────────┴─▶ UpcallResults ─▶ JSON, table
 * </pre>
 */
package io.odp4j.bench.upcall.result;
