/** What the netlink families cost, in the lab: {@code ip} beside odp4j on the same objects. */
package io.odp4j.bench.netlink;
