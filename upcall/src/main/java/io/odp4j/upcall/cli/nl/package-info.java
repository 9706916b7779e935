/**
 * {@code odp4j nl}: any declared family from the command line, and the short forms for rtnetlink's
 * objects. The commands, their fields and their help are made from the tables.
 */
package io.odp4j.upcall.cli.nl;
