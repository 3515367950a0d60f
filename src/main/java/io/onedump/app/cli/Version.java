package io.onedump.app.cli;

import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        String camel = DefaultCamelContext.class.getPackage().getImplementationVersion();
        return new String[] {"onedump " + (version == null ? "(not packaged)" : version) + ", Apache Camel "
                + (camel == null ? "unknown" : camel) + ", Java " + System.getProperty("java.version")};
    }
}
