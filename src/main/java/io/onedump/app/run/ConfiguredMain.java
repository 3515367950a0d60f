package io.onedump.app.run;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import io.onedump.app.config.Configuration;
import io.onedump.secret.EndpointValues;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainConfigurationProperties;

/** Camel Main with the properties, beans and components of a configuration, and none of its routes yet. */
abstract class ConfiguredMain extends Main implements AutoCloseable {

    /** Names of options and properties whose values are secrets, beyond those that Camel knows. */
    private static final String SECRETS =
            "dsn,webhookUrl,serviceAccountKey,sshKey,sshPassword,sshPassphrase,privateKey";

    ConfiguredMain(Configuration files) {
        setPropertyPlaceholderLocations(locations(files.propertiesFiles()));
        MainConfigurationProperties configuration = configure();
        // The routes are read already; by default Camel would look for more of them in the class path.
        configuration.setRoutesIncludePattern("false");
        configuration.setAdditionalSensitiveKeywords(SECRETS);
        configuration.setLogMask(true);
        configuration.setStreamCachingEnabled(false);
        configuration.setJmxEnabled(false);
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    protected CamelContext createCamelContext() {
        CamelContext context = super.createCamelContext();
        // Java's own default for properties files is ISO 8859-1, which nobody's editor writes.
        context.getPropertiesComponent().setEncoding(StandardCharsets.UTF_8.name());
        EndpointValues.install(context);
        return context;
    }

    private static String locations(List<Path> files) {
        return files.stream().map(file -> "file:" + file).collect(Collectors.joining(","));
    }
}
