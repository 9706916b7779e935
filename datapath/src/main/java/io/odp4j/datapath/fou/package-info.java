/** The family fou: UDP ports whose packets hold another protocol. */
package io.odp4j.datapath.fou;
