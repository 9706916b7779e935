/**
 * Families from the kernel's YAML specifications ({@code Documentation/netlink/specs} of the
 * kernel's sources): a file becomes the same declarations that the built-in families are made of,
 * and so commands, text and JSON.
 *
 * <pre>
 *   FILE.yaml ─▶ SpecNode ─▶ SpecDefinitions ─▶ SpecSets ─▶ SpecFile: FamilySpec ─▶ cli.nl
 * </pre>
 */
package io.odp4j.upcall.cli.spec;
