/** The demonstration: two hosts, a switch between them, and what happens, told as it happens. */
package io.odp4j.upcall.demo;
