/** What tests in the lab share. */
package io.odp4j.datapath.lab;
