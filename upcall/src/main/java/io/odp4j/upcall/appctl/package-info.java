/**
 * What a running agent answers on its control socket, in the names and words of Open vSwitch where
 * it has them.
 *
 * <pre>
 * control.ControlServer ─▶ control.CommandTable ─▶ one class here for each group ─▶ Agent
 * </pre>
 */
package io.odp4j.upcall.appctl;
