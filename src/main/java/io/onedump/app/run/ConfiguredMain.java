package io.onedump.app.run;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
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
        this(files, Set.of());
    }

    /** @param without properties of its files to leave out */
    ConfiguredMain(Configuration files, Set<String> without) {
        if (without.isEmpty()) {
            setPropertyPlaceholderLocations(locations(files.propertiesFiles()));
        } else {
            setPropertyPlaceholderLocations("false");
            setInitialProperties(rest(files.propertiesFiles(), without));
        }
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

    /** What an earlier file says wins. */
    private static Properties rest(List<Path> files, Set<String> without) {
        Properties rest = new Properties();
        for (Path file : files) {
            Properties own = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                own.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new ConfigurationException(Problem.of(file.toString(), "cannot be read: " + e.getMessage()));
            }
            own.forEach(rest::putIfAbsent);
        }
        without.forEach(rest::remove);
        return rest;
    }

    private static String locations(List<Path> files) {
        return files.stream().map(file -> "file:" + file).collect(Collectors.joining(","));
    }
}
