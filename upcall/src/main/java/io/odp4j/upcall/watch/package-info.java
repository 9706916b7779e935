/**
 * What an agent does, for somebody who looks on: every upcall with its decision, every flow that
 * comes and goes with the reason.
 *
 * <pre>
 *   Classifier, FlowInstaller, FlowReviewer ─▶ EventTap ─▶ EventRing, of each shard
 *                                                              │ overwritten, never waited for
 *                                             EventReader ◀────┘
 *                                                  └─▶ filter ─▶ EventText or EventJson
 * </pre>
 *
 * Nobody looks: a tap is a field that says so. Somebody looks: an event is copied into a slot of a
 * ring, at most so many a second, and whoever reads too slowly misses some. What is missed is
 * counted on both sides.
 */
package io.odp4j.upcall.watch;
