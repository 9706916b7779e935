/**
 * Why a packet gets what it gets, for people: it is taken through the tables, and again whenever it
 * would come back, and every table, rule and action on the way is written down.
 *
 * <pre>
 *   FlowKey ─▶ Tracer ─▶ Pass: Step… , megaflow, actions of the datapath
 *                 └──────▶ Pass under a recirculation id …
 * </pre>
 */
package io.odp4j.flowcache.trace;
