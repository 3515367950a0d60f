package io.onedump.slowlog;

import java.nio.file.FileSystems;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.onedump.artifact.LocalNeeds;
import io.onedump.artifact.OptionalLibrary;
import io.onedump.slowlog.parse.EventFilter;
import io.onedump.slowlog.report.Limit;
import io.onedump.slowlog.report.Ranking;
import io.onedump.slowlog.report.ReportFormat;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Digest the slow query logs of MySQL, Percona Server and MariaDB into a report, as an artifact for storages. */
@UriEndpoint(firstVersion = "0.1.0", scheme = "slowlog", title = "Slow Log", syntax = "slowlog:format",
        producerOnly = true,
        category = {Category.DATABASE, Category.MONITORING}, headersClass = SlowLogConstants.class)
public class SlowLogEndpoint extends DefaultEndpoint implements LocalNeeds {

    @UriPath(description = "The report: text for people, json for programs, html for a browser, markdown for a"
            + " message.")
    @Metadata(required = true)
    private final ReportFormat format;

    @UriParam(description = "The log: a file, several separated by commas, or a folder. Without it, the message's"
            + " body is the"
            + " log: an artifact, a file, a stream, bytes or text, packed with gzip or zstd or not.")
    private String path;

    @UriParam(defaultValue = "*", description = "Which files of a folder.")
    private String glob = "*";

    @UriParam(description = "A file that remembers where the last run stopped, so that each run digests only what"
            + " is new. The"
            + " path must then be one file. A run that fails leaves it as it was.")
    private String bookmark;

    @UriParam(label = "filter", description = "Only events from then on: 2026-11-23T10:00:00Z, 2026-11-23"
            + " for that day's beginning in UTC, or a time ago such as 90m, 24h or 7d.")
    private String since;

    @UriParam(label = "filter", description = "Only events before then.")
    private String until;

    @UriParam(label = "filter", description = "Only events of these databases, separated by commas.")
    private String databases;

    @UriParam(label = "filter", description = "Only events of these clients, by name or address, separated by commas.")
    private String hosts;

    @UriParam(label = "filter", description = "Only events of these users, separated by commas.")
    private String users;

    @UriParam(label = "filter", defaultValue = "0", javaType = "java.time.Duration",
            description = "Only events that took so long or longer.")
    private long minTime;

    @UriParam(defaultValue = "query_time:sum", description = "What ranks the classes: a metric and one of its"
            + " figures, such as"
            + " query_time:p95, rows_examined:max, or count.")
    private String orderBy = Ranking.DEFAULT.toString();

    @UriParam(defaultValue = "95%:20", description = "How many classes the report shows: 10, 95% of the total,"
            + " 95%:20 for both,"
            + " or all.")
    private String limit = "95%:20";

    @UriParam(description = "An earlier report in JSON to compare with: what is new, gone, slower, faster.")
    private String compare;

    @UriParam(defaultValue = "true", description = "Show the slowest statement of each class. Without samples, no"
            + " literal of any"
            + " statement gets into the report.")
    private boolean samples = true;

    @UriParam(description = "The report's name, a Simple expression such as slow-${date:now:yyyyMMdd}.html. By default"
            + " slow-log with the time and the format's ending.")
    private String fileName;

    public SlowLogEndpoint(String uri, SlowLogComponent component, ReportFormat format) {
        super(uri, component);
        this.format = format;
    }

    @Override
    public Producer createProducer() {
        OptionalLibrary.SKETCHES.require("slowlog:");
        return new SlowLogProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("slowlog: makes a report when a message comes; it cannot start a"
                + " route");
    }

    /** Refuses wrong options before the route starts. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        ranking();
        most();
        filter(Clock.systemUTC());
        checked("glob", () -> FileSystems.getDefault().getPathMatcher("glob:" + glob));
        if (bookmark != null && (path == null || path.contains(","))) {
            throw new IllegalArgumentException("option bookmark: it needs a path that is one file: only such a log goes"
                    + " on");
        }
    }

    @Override
    public List<Lack> lacks() {
        return list(path).stream().flatMap(log -> Lack.path("path", log).stream()).toList();
    }

    Ranking ranking() {
        return checked("orderBy", () -> Ranking.parse(orderBy));
    }

    Limit most() {
        return checked("limit", () -> Limit.parse(limit));
    }

    /** @param clock what a time ago is counted from */
    EventFilter filter(Clock clock) {
        long from = since == null ? Long.MIN_VALUE : checked("since", () -> Moment.micros(Moment.parse(since, clock)));
        long to = until == null ? Long.MAX_VALUE : checked("until", () -> Moment.micros(Moment.parse(until, clock)));
        return checked("until", () -> new EventFilter(from, to, minTime == 0 ? -1 : minTime * 1000, list(databases),
                list(hosts), list(users)));
    }

    /** The parts of an option that holds several; empty for null. */
    static List<String> list(String option) {
        return option == null
                ? List.of()
                : Arrays.stream(option.split(",")).map(String::trim).filter(name -> !name.isEmpty()).toList();
    }

    private static <T> T checked(String option, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + option + ": " + e.getMessage(), e);
        }
    }

    public ReportFormat getFormat() {
        return format;
    }

    public String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    public String getGlob() {
        return glob;
    }

    public void setGlob(String glob) {
        this.glob = glob;
    }

    public String getBookmark() {
        return bookmark;
    }

    public void setBookmark(String bookmark) {
        this.bookmark = bookmark;
    }

    public String getSince() {
        return since;
    }

    public void setSince(String since) {
        this.since = since;
    }

    public String getUntil() {
        return until;
    }

    public void setUntil(String until) {
        this.until = until;
    }

    public String getDatabases() {
        return databases;
    }

    public void setDatabases(String databases) {
        this.databases = databases;
    }

    public String getHosts() {
        return hosts;
    }

    public void setHosts(String hosts) {
        this.hosts = hosts;
    }

    public String getUsers() {
        return users;
    }

    public void setUsers(String users) {
        this.users = users;
    }

    public long getMinTime() {
        return minTime;
    }

    public void setMinTime(long minTime) {
        this.minTime = minTime;
    }

    public String getOrderBy() {
        return orderBy;
    }

    public void setOrderBy(String orderBy) {
        this.orderBy = orderBy;
    }

    public String getLimit() {
        return limit;
    }

    public void setLimit(String limit) {
        this.limit = limit;
    }

    public String getCompare() {
        return compare;
    }

    public void setCompare(String compare) {
        this.compare = compare;
    }

    public boolean isSamples() {
        return samples;
    }

    public void setSamples(boolean samples) {
        this.samples = samples;
    }

    public String getFileName() {
        return fileName;
    }

    public void setFileName(String fileName) {
        this.fileName = fileName;
    }
}
