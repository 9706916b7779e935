/**
 * {@code odp4j agent}: options become an {@link io.odp4j.upcall.AgentConfig}, the agent of which
 * runs until a signal comes, with a control socket and, where they are asked for, metrics.
 */
package io.odp4j.upcall.cli.agent;
