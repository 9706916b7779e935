/** Neighbours, forwarding entries of bridges, and neighbour tables. */
package io.odp4j.datapath.rtnetlink.neigh;
