package io.odp4j.upcall.cli;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest carries. */
public final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"odp4j " + (version == null ? "(unpackaged)" : version)};
    }
}
