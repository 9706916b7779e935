package io.odp4j.upcall.cli;

import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file of rules in the syntax of {@code ovs-ofctl add-flows}, as commands read it. */
public final class RuleFile {
    private RuleFile() {}

    /**
     * Reads the rules; what does not mean what it seems to is told on standard error.
     *
     * @throws UsageException if there is no such file
     * @throws SyntaxException where a rule cannot be read, or asks for what is not supported
     */
    public static PolicyTables load(Path file) throws IOException {
        PolicyTables tables = new PolicyTables();
        String text = text(file);
        try {
            for (String warning : tables.load(text)) {
                System.err.println("odp4j: " + file + ":" + warning);
            }
        } catch (RuleSyntaxException e) {
            throw SyntaxException.of(file.toString(), text, e);
        }
        return tables;
    }

    /** Reads the rules as {@link #load} does, and gives their text back: it can be read. */
    static String read(Path file) throws IOException {
        load(file);
        return text(file);
    }

    private static String text(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new UsageException(file + ": no such file");
        }
    }
}
