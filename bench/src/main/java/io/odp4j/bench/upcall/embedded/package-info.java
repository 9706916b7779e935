/**
 * The benchmark on an embedded datapath: datapath, generator and odp4j's agent are in this process,
 * the C program is one beside it.
 */
package io.odp4j.bench.upcall.embedded;
