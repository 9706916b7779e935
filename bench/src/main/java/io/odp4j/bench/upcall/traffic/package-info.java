/** Traffic models: which frames a generator sends, and in what order. */
package io.odp4j.bench.upcall.traffic;
