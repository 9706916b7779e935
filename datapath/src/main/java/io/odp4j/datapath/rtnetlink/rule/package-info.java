/** Rules that say which routing table is asked. */
package io.odp4j.datapath.rtnetlink.rule;
