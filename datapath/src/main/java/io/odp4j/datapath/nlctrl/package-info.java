/** The controller's family nlctrl: what families there are, and what they take. */
package io.odp4j.datapath.nlctrl;
