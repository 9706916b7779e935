/** Next hops and groups of them. */
package io.odp4j.datapath.rtnetlink.nexthop;
