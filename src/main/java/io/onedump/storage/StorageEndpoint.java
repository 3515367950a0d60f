package io.onedump.storage;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.LocalNeeds;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.storage.retention.NameOverlap;
import io.onedump.storage.retention.NamePattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.component.RawParameterHelper;
import org.apache.camel.util.URISupport;

/**
 * Keep artifacts in a folder, S3, SFTP, Google Drive, Dropbox or any other Camel endpoint: atomically, and verified.
 */
@UriEndpoint(firstVersion = "0.1.0", scheme = "storage", title = "Storage", syntax = "storage:delegate",
        producerOnly = true, lenientProperties = true, category = {Category.FILE, Category.CLOUD},
        headersClass = OnedumpConstants.class)
public class StorageEndpoint extends DefaultEndpoint implements LocalNeeds {

    /** Options that say which server or account a place is of, where the place's own name does not. */
    private static final List<String> ACCOUNT =
            List.of("uriEndpointOverride", "amazonS3Client", "client", "accessToken",
                    "refreshToken", "clientFactory", "clientId", "serviceAccountKey", "delegate");

    @UriPath(description = "Where to keep artifacts: the URI of a Camel endpoint, without its options; those are given"
            + " as options of storage, beside its own. For example aws2-s3:my-backups, sftp:nas/backups,"
            + " file:/var/backups, google-drive:drive-files/create or dropbox:put.")
    @Metadata(required = true)
    private final String delegate;
    @UriParam
    private StorageConfiguration configuration = new StorageConfiguration();

    private Backend backend;

    public StorageEndpoint(String uri, StorageComponent component, String delegate) {
        super(uri, component);
        this.delegate = delegate;
    }

    /**
     * The storage that the option {@code storage} of another endpoint names.
     *
     * @throws IllegalArgumentException naming that option, when it is missing or wrong
     */
    public static StorageEndpoint of(CamelContext context, String option) {
        return of(context, "storage", option);
    }

    /** The same that an option of another name names. */
    public static StorageEndpoint of(CamelContext context, String name, String option) {
        if (option == null || option.isBlank()) {
            throw new IllegalArgumentException("option " + name + ": it is missing; name a storage endpoint");
        }
        try {
            return context.getEndpoint(option.startsWith("storage:") ? option : "storage:" + option,
                    StorageEndpoint.class);
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) {
                cause = cause.getCause();
            }
            throw new IllegalArgumentException("option " + name + ": " + cause.getMessage(), e);
        }
    }

    @Override
    public Producer createProducer() {
        return new StorageProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(Backends.shown(delegate) + " cannot be the start of a route");
    }

    /** Options that storage does not know are the delegate's, which checks them. */
    @Override
    public boolean isLenientProperties() {
        return true;
    }

    @Override
    public List<Lack> lacks() {
        return backend.lacks();
    }

    /** A storage of this endpoint for one thread, without any connection yet. */
    public Storage open() throws IOException {
        return backend.open();
    }

    /**
     * The paths that retention may touch, with what is the same for all runs on this machine evaluated.
     *
     * @param fileName an expression; null for that of the endpoint itself
     */
    public NamePattern names(String fileName) {
        return NamePattern.of(template(fileName), this::onThisMachine);
    }

    /**
     * All names that it can make, with their place; unlike those of {@link #names(String)} they need no fixed part.
     * Empty where the place is not known.
     */
    public Optional<NameOverlap> possibleNames(String fileName) {
        return place().map(place -> NamePattern.loosely(template(fileName), this::onThisMachine).in(place,
                backend.tellsCapitals()));
    }

    /** The same as {@link #names(String)}, on whichever machine. */
    public NamePattern namesAnywhere(String fileName) {
        return NamePattern.loosely(template(fileName), expression -> null);
    }

    private String template(String fileName) {
        String name = fileName == null ? configuration.getFileName() : fileName;
        return configuration.folder() + name.replaceFirst("^/+", "");
    }

    /**
     * The folder of {@code path}, with a slash at its end, as it is on this machine; empty text for none. Empty when it
     * is another one from run to run.
     */
    public Optional<String> fixedFolder() {
        NamePattern pattern = NamePattern.loosely(configuration.folder(), this::onThisMachine);
        String fixed = pattern.prefix();
        return fixed.isEmpty() && !configuration.folder().isEmpty() || !fixed.isEmpty() && !fixed.endsWith("/")
                || !pattern.matches(fixed) ? Optional.empty() : Optional.of(fixed);
    }

    /** Everything that the endpoint may have put, for a job whose names are not known. */
    public NamePattern names() {
        return configuration.getFileName() == null
                ? NamePattern.below(NamePattern.loosely(configuration.folder(), this::onThisMachine).prefix())
                : names(null);
    }

    /**
     * Where it keeps artifacts, ending in a slash: the same for all endpoints that lead to the same place. Empty when
     * that is not known. It may hold a secret, so it is to be compared, not shown.
     */
    public Optional<String> place() {
        if (!backend.isReadable()) {
            return backend.files().map(StorageEndpoint::folder);
        }
        try (Storage storage = backend.open()) {
            return Optional.of(place(storage));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The same for an open storage; of one that cannot be read, as far as its name tells. */
    String place(Storage storage) {
        Map<String, Object> options = options();
        StringBuilder account = new StringBuilder();
        ACCOUNT.forEach(name -> account.append(options.getOrDefault(name, "")).append(' '));
        String location = backend.localFolder().isPresent()
                ? "file:" + real(backend.localFolder().get().toAbsolutePath().normalize())
                : backend.files().orElseGet(() -> storage.location(""));
        return account + folder(location);
    }

    private static String folder(String location) {
        return location.replaceAll("/+$", "") + "/";
    }

    private Map<String, Object> options() {
        try {
            Map<String, Object> options = URISupport.parseQuery(URISupport.extractQuery(getEndpointUri()));
            RawParameterHelper.resolveRawParameterValues(getCamelContext(), options);
            return options;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(Backends.shown(delegate) + ": its options cannot be read", e);
        }
    }

    /** Where symbolic links lead; what does not exist yet will be made there. */
    private static Path real(Path folder) {
        for (Path there = folder; there != null; there = there.getParent()) {
            try {
                return there.toRealPath().resolve(there.relativize(folder)).normalize();
            } catch (IOException e) {
                // Perhaps the one above.
            }
        }
        return folder;
    }

    /** What retention counts an artifact with. */
    String series(String path) {
        if (configuration.getFileName() != null) {
            return names(null).series(path).orElseGet(() -> NamePattern.seriesOf(path));
        }
        String folder = ObjectPath.folder(path);
        return NamePattern.loosely(configuration.folder(), this::onThisMachine).series(folder).orElse(folder)
                + NamePattern.seriesOf(ObjectPath.name(path));
    }

    /** Expressions in path and fileName, such as environment variables, that have no value on this machine. */
    List<String> blank() {
        String fileName = configuration.getFileName();
        return NamePattern.loosely(configuration.folder() + (fileName == null ? "" : fileName), this::onThisMachine)
                .blank();
    }

    /** Whose artifacts a job may replace and remove here. */
    public Owner owner(String job) {
        return new Owner(job, configuration.isAcrossHosts() ? null : Machine.name());
    }

    private String onThisMachine(String expression) {
        String value = getCamelContext().resolveLanguage("simple").createExpression(expression)
                .evaluate(new DefaultExchange(getCamelContext()), String.class);
        return expression.equals(value) ? null : value == null ? "" : value;
    }

    public String getDelegate() {
        return delegate;
    }

    public StorageConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(StorageConfiguration configuration) {
        this.configuration = configuration;
    }

    /** For those who use the storage outside of a route. */
    public Backend getBackend() {
        return backend;
    }

    void setBackend(Backend backend) {
        this.backend = backend;
    }

    @Override
    protected void doStop() throws Exception {
        backend.close();
        super.doStop();
    }
}
