/** The family ovpn: OpenVPN's data channel in the kernel. */
package io.odp4j.datapath.ovpn;
