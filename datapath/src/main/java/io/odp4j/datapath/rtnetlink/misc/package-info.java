/** What rtnetlink tells besides: namespace ids, settings, prefixes, address labels. */
package io.odp4j.datapath.rtnetlink.misc;
