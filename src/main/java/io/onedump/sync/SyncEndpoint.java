package io.onedump.sync;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.LocalNeeds;
import io.onedump.artifact.OptionalLibrary;
import io.onedump.artifact.Spools;
import io.onedump.storage.StorageEndpoint;
import io.onedump.sync.source.FileFilter;
import io.onedump.sync.state.StateStore;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Send a file or a folder to a storage: what is new or changed, several files at once, each resumed and proved. */
@UriEndpoint(firstVersion = "0.1.0", scheme = "sync", title = "Sync", syntax = "sync:source", producerOnly = true,
        category = {Category.FILE, Category.CLOUD}, headersClass = SyncConstants.class)
public class SyncEndpoint extends DefaultEndpoint implements LocalNeeds {

    /** The property that names the folder of the state store, for all jobs together. */
    static final String STATE_PROPERTY = "onedump.state-directory";

    /** A glob such as {@code *.{sql,gz}} has commas of its own. */
    private static final String OUTSIDE_BRACES = ",(?![^{]*})";

    @UriPath(description = "The file or folder to send.")
    @Metadata(required = true)
    private final String source;

    @UriParam(description = "The URI of the storage endpoint to send to, such as storage:file:/mnt/backup.")
    @Metadata(required = true, secret = true)
    private String storage;

    @UriParam(defaultValue = "true", description = "Whether the folders in the folder are sent too.")
    private boolean recursive = true;

    @UriParam(description = "Only files that match one of these globs, separated by commas: without a slash the"
            + " name in any"
            + " folder, with one the whole path below the source (docs/sync.md shows some).")
    private String include;

    @UriParam(description = "No files and no folders that match one of these globs, separated by commas.")
    private String exclude;

    @UriParam(defaultValue = "false", description = "Send what symbolic links lead to. By default they are skipped,"
            + " and the"
            + " summary lists them.")
    private boolean followLinks = false;

    @UriParam(defaultValue = "4", description = "How many connections are used at most for SFTP, each with many"
            + " requests on the"
            + " way; how many files are sent at a time to other storages.")
    private int concurrency = 4;

    @UriParam(defaultValue = "5", description = "How often each file is tried in all, and how often in a row a"
            + " connection may"
            + " break without any progress.")
    private int maxAttempts = 5;

    @UriParam(defaultValue = "true", description = "Compare what was not proved before by SHA-256, and prove by it"
            + " what was sent."
            + " Without it, a file that is there with the same size and is"
            + " not older"
            + " counts as unchanged.")
    private boolean checksum = true;

    @UriParam(defaultValue = "false", description = "Only say what would be sent and deleted.")
    private boolean dryRun = false;

    @UriParam(defaultValue = "false", description = "Make the storage a mirror: delete there what the source does"
            + " not have."
            + " Filters hold for that too, and nothing is deleted when"
            + " anything failed.")
    private boolean delete = false;

    @UriParam(defaultValue = "50%", description = "How many files, such as 100, or which part of those that are"
            + " there, such as"
            + " 25%, a run may delete; when there are more, it deletes none"
            + " and fails.")
    private String maxDelete = "50%";

    @UriParam(description = "The file that remembers what was proved; jobs may share it. By default sync.db in the"
            + " folder that the"
            + " property onedump.state-directory names, else in .local/state/onedump of the user's"
            + " home.")
    private String state;

    public SyncEndpoint(String uri, SyncComponent component, String source) {
        super(uri, component);
        this.source = source;
    }

    @Override
    public Producer createProducer() {
        OptionalLibrary.SQLITE.require("sync:");
        return new SyncProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("sync: sends when a message comes; it cannot start a route");
    }

    /** Refuses wrong options before the route starts. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        Destinations.check(storageEndpoint(), settings());
    }

    @Override
    public List<Lack> lacks() {
        List<Lack> lacks = new ArrayList<>(storageEndpoint().lacks().stream()
                .map(lack -> new Lack("storage", lack.message(), lack.certain())).toList());
        Lack.path("source", source).ifPresent(lacks::add);
        return lacks;
    }

    /** What is to be done. */
    public SyncSettings settings() {
        DeleteLimit limit = DeleteLimit.parse(maxDelete);
        return new SyncSettings(Path.of(source).toAbsolutePath().normalize(), filter(), recursive, followLinks,
                concurrency, maxAttempts, checksum, dryRun, delete ? limit : null);
    }

    /** Runs the sync to its end. */
    public SyncResult run(SyncMonitor monitor) throws IOException {
        StorageEndpoint endpoint = storageEndpoint();
        endpoint.start();
        try (StateStore store = StateStore.open(stateFile());
                Destination destination = Destinations.open(endpoint, settings(), store.id())) {
            return new Sync(settings(), destination, store, monitor, ContextThreads.of(getCamelContext()),
                    Spools.of(getCamelContext())::scratchFile).run();
        }
    }

    private FileFilter filter() {
        filter("include", list(include), List.of());
        return filter("exclude", list(include), list(exclude));
    }

    private static FileFilter filter(String option, List<String> include, List<String> exclude) {
        try {
            return new FileFilter(include, exclude);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + option + ": " + e.getMessage().replaceAll("\\s+", " "), e);
        }
    }

    private StorageEndpoint storageEndpoint() {
        return StorageEndpoint.of(getCamelContext(), storage);
    }

    private Path stateFile() {
        if (state != null) {
            return Path.of(state);
        }
        String home = System.getenv().getOrDefault("XDG_STATE_HOME", System.getProperty("user.home") + "/.local/state");
        return Path.of(
                getCamelContext().getPropertiesComponent().resolveProperty(STATE_PROPERTY).orElse(home + "/onedump"),
                "sync.db");
    }

    private static List<String> list(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(OUTSIDE_BRACES)).map(String::strip).filter(s -> !s.isEmpty()).toList();
    }

    public String getSource() {
        return source;
    }

    public String getStorage() {
        return storage;
    }

    public void setStorage(String storage) {
        this.storage = storage;
    }

    public boolean isRecursive() {
        return recursive;
    }

    public void setRecursive(boolean recursive) {
        this.recursive = recursive;
    }

    public String getInclude() {
        return include;
    }

    public void setInclude(String include) {
        this.include = include;
    }

    public String getExclude() {
        return exclude;
    }

    public void setExclude(String exclude) {
        this.exclude = exclude;
    }

    public boolean isFollowLinks() {
        return followLinks;
    }

    public void setFollowLinks(boolean followLinks) {
        this.followLinks = followLinks;
    }

    public int getConcurrency() {
        return concurrency;
    }

    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    public int getMaxAttempts() {
        return maxAttempts;
    }

    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    public boolean isChecksum() {
        return checksum;
    }

    public void setChecksum(boolean checksum) {
        this.checksum = checksum;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isDelete() {
        return delete;
    }

    public void setDelete(boolean delete) {
        this.delete = delete;
    }

    public String getMaxDelete() {
        return maxDelete;
    }

    public void setMaxDelete(String maxDelete) {
        this.maxDelete = maxDelete;
    }

    public String getState() {
        return state;
    }

    public void setState(String state) {
        this.state = state;
    }
}
