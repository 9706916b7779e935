/** Addresses of links. */
package io.odp4j.datapath.rtnetlink.addr;
