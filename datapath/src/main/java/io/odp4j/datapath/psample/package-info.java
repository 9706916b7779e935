/** The family psample: packets that the kernel samples. */
package io.odp4j.datapath.psample;
