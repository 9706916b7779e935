/** Links: devices, tunnels, bridges and their ports. */
package io.odp4j.datapath.rtnetlink.link;
