/** Objects of rtnetlink in the JSON of {@code ip -j}: its field names, its words for values. */
package io.odp4j.datapath.rtnetlink.ip;
