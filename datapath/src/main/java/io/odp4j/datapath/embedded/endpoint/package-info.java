/**
 * How a process that runs an embedded datapath is found by its name.
 *
 * <pre>
 *   odp4j datapath ─▶ EndpointFile in RunDirectory ─▶ odp4j agent, odp4j dpctl
 * </pre>
 */
package io.odp4j.datapath.embedded.endpoint;
