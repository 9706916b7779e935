/** {@code odp4j trace}: what rules decide about packets, and why. */
package io.odp4j.upcall.cli.trace;
