/**
 * {@code odp4j bench}: benchmarks for people with rules and traffic of their own. The {@code odp4j}
 * command finds the group on its class path, {@link io.odp4j.bench.cli.BenchCommands}; a benchmark
 * is a subcommand of {@link io.odp4j.bench.cli.BenchCommand}.
 */
package io.odp4j.bench.cli;
