/** Routes, and what their packets are wrapped in. */
package io.odp4j.datapath.rtnetlink.route;
