/** The {@code odp4j} command: picocli parses, each subcommand is a class here. */
package io.odp4j.upcall.cli;
