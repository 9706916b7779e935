package io.odp4j.upcall.cli;

import io.odp4j.flowcache.policy.table.PolicyTables;
import io.odp4j.flowcache.rule.parse.RuleSyntaxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file of rules in the syntax of {@code ovs-ofctl add-flows}, as commands read it. */
public final class RuleFile {
    private RuleFile() {}

    /**
     * Reads the rules; what does not mean what it seems to is told on standard error.
     *
     * @throws UsageException if there is no such file, or it may not be read
     * @throws SyntaxException where a rule cannot be read, or asks for what is not supported
     */
    public static PolicyTables load(Path file) throws IOException {
        return load(file, Files.readString(InputFile.check(file)));
    }

    /** Reads the rules as {@link #load} does, and gives their text back: it can be read. */
    public static String read(Path file) throws IOException {
        String text = Files.readString(InputFile.check(file));
        load(file, text);
        return text;
    }

    private static PolicyTables load(Path file, String text) {
        PolicyTables tables = new PolicyTables();
        try {
            for (String warning : tables.load(text)) {
                System.err.println("odp4j: " + file + ":" + warning);
            }
        } catch (RuleSyntaxException e) {
            throw SyntaxException.of(file.toString(), text, e);
        }
        return tables;
    }
}
