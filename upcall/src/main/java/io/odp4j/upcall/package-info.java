/**
 * The agent: everything between an upcall and the answer to it.
 *
 * <pre>
 *   kernel ─▶ reader ─▶ ring ─▶ classify ─▶ (policy) ─▶ outbox ─▶ kernel
 *                                  ▲
 *               revalidator ───────┘   dumps flows: statistics, idle, changed
 *               port ── attaches ports, follows what others do to the datapath
 *               tunnel ── makes tunnel devices, and actions that leave by them
 *               counter ── what happened to every packet
 *               cli ── the odp4j command
 * </pre>
 *
 * {@link io.odp4j.upcall.Agent} puts the parts together; {@link io.odp4j.upcall.Shard} is one row
 * of the picture with its two threads.
 */
package io.odp4j.upcall;
