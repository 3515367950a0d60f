package io.onedump.storage;

import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import io.onedump.artifact.OptionsException;
import io.onedump.storage.retention.NamePattern;
import io.onedump.storage.retention.Retention;
import io.onedump.storage.s3.S3Checksum;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of storage: itself; all others are the delegate's. */
@UriParams
public class StorageConfiguration implements Cloneable {

    private static final Pattern EXPRESSION = Pattern.compile("\\$(?:simple)?\\{[^}]*}+");
    private static final List<String> RULES =
            List.of("keepLast", "keepWithin", "keepDaily", "keepWeekly", "keepMonthly", "keepYearly");

    @UriParam(label = "producer", defaultValue = "put", enums = "put,stat,list,get,delete,prune")
    private StorageOperation operation = StorageOperation.PUT;
    @UriParam(label = "producer")
    @Metadata(supportFileReference = false)
    private String path;
    @UriParam(label = "producer", defaultValue = "auto", enums = "auto,read-back,size,none")
    private Verify verify = Verify.AUTO;
    @UriParam(label = "producer", defaultValue = "auto", enums = "auto,always,never")
    private SidecarPolicy sidecar = SidecarPolicy.AUTO;
    @UriParam(label = "producer,advanced", defaultValue = "16777216")
    private long partSize = 16L * 1024 * 1024;
    @UriParam(label = "producer,advanced", defaultValue = "4")
    private int concurrency = 4;
    @UriParam(label = "producer,advanced", defaultValue = "when-supported", enums = "when-supported,when-required")
    private S3Checksum checksum = S3Checksum.WHEN_SUPPORTED;
    @UriParam(label = "producer,advanced", defaultValue = "30m", javaType = "java.time.Duration")
    private long requestTimeout = Duration.ofMinutes(30).toMillis();
    @UriParam(label = "producer,advanced", defaultValue = "1m", javaType = "java.time.Duration")
    private long answerTimeout = ServerTimeouts.DEFAULT.answer().toMillis();
    @UriParam(label = "producer", defaultValue = "rw-------")
    private String fileMode = "rw-------";
    @UriParam(label = "producer,advanced", defaultValue = "33554432")
    private long chunkSize = 32L * 1024 * 1024;
    @UriParam(label = "producer", defaultValue = "root")
    private String folderId = "root";
    @UriParam(label = "producer")
    @Metadata(supportFileReference = false)
    private String fileName;
    @UriParam(label = "retention")
    private int keepLast;
    @UriParam(label = "retention")
    private String keepWithin;
    @UriParam(label = "retention")
    private boolean keepProved;
    @UriParam(label = "retention")
    private int keepDaily;
    @UriParam(label = "retention")
    private int keepWeekly;
    @UriParam(label = "retention")
    private int keepMonthly;
    @UriParam(label = "retention")
    private int keepYearly;
    @UriParam(label = "retention")
    private boolean dryRun;
    @UriParam(label = "retention")
    private boolean pruneUnverified;
    @UriParam(label = "retention")
    private boolean acrossHosts;

    public StorageOperation getOperation() {
        return operation;
    }

    /**
     * What the step does. put keeps the body; stat, get and delete are about the object that the header CamelFileName
     * names: stat makes a StoredObject of the body, or nothing when there is none, get an artifact that is checked
     * against its sidecar, delete removes it with its sidecar; list makes the body a list of StoredObject; prune
     * removes what retention does not keep and makes the body a list of its decisions.
     */
    public void setOperation(StorageOperation operation) {
        this.operation = operation;
    }

    public String getPath() {
        return path;
    }

    /**
     * The folder, or key prefix, below the delegate's own in which artifacts are kept; it may be a Simple expression,
     * for example shop/${date:now:yyyy-MM}, in which date:now is when the run started. By default they are kept in the
     * delegate's own folder.
     */
    public void setPath(String path) {
        this.path = path;
    }

    public Verify getVerify() {
        return verify;
    }

    /**
     * How a put proves that the storage holds what was sent. auto takes the strongest proof that the storage
     * offers without sending everything back, and reads everything back where it offers none; read-back always
     * reads everything back; size compares the size only; none trusts the storage. What fails the proof is
     * removed and the step fails.
     */
    public void setVerify(Verify verify) {
        this.verify = verify;
    }

    public SidecarPolicy getSidecar() {
        return sidecar;
    }

    /**
     * Whether to write a sidecar beside the artifact, a file of the same name with .checksum added, which says what
     * the artifact is and which sha256sum -c accepts. With auto it is always written, but for an endpoint that can only
     * be put to: there when a checksum step came before. Without one, retention and download cannot count on the
     * artifact.
     */
    public void setSidecar(SidecarPolicy sidecar) {
        this.sidecar = sidecar;
    }

    public long getPartSize() {
        return partSize;
    }

    /**
     * For S3: the size in bytes of the first 1000 parts of a multipart upload, at least 5242880. Every further 1000
     * parts are twice as large, so that the largest object fits in the 10000 parts that S3 allows. What is smaller than
     * one part goes in a single request.
     */
    public void setPartSize(long partSize) {
        this.partSize = partSize;
    }

    public int getConcurrency() {
        return concurrency;
    }

    /** For S3: how many parts of one object are sent at the same time. */
    public void setConcurrency(int concurrency) {
        this.concurrency = concurrency;
    }

    public S3Checksum getChecksum() {
        return checksum;
    }

    /**
     * For S3: when-supported sends a CRC-32 with everything, which the server checks and keeps;
     * when-required leaves it out, for S3-compatible servers that refuse it.
     */
    public void setChecksum(S3Checksum checksum) {
        this.checksum = checksum;
    }

    public long getRequestTimeout() {
        return requestTimeout;
    }

    /**
     * For S3: how long one request may take, for example to send one part, before it counts as failed and is sent
     * again; 0 for ever.
     */
    public void setRequestTimeout(long requestTimeout) {
        this.requestTimeout = requestTimeout;
    }

    /** For the servers that are asked by HTTP. */
    public ServerTimeouts timeouts() {
        return new ServerTimeouts(ServerTimeouts.DEFAULT.connect(), Duration.ofMillis(answerTimeout));
    }

    public long getAnswerTimeout() {
        return answerTimeout;
    }

    /**
     * For S3, Google Drive and Dropbox: how long the server may be silent, or take nothing of what is sent, before the
     * connection is given up and the request counts as failed.
     */
    public void setAnswerTimeout(long answerTimeout) {
        this.answerTimeout = answerTimeout;
    }

    public String getFileMode() {
        return fileMode;
    }

    /**
     * For folders: who may read and write an artifact and its sidecar, as {@code ls} shows it (rw-r-----) or in
     * octal ({@code 640}). Folders that are made for them have the same, with {@code x} where there is an {@code r}.
     */
    public void setFileMode(String fileMode) {
        this.fileMode = fileMode;
    }

    public long getChunkSize() {
        return chunkSize;
    }

    /**
     * For Google Drive and Dropbox: how many bytes of an artifact go in one request. Google Drive wants a multiple of
     * 262144, Dropbox at the most 150000000. An artifact without a spool is held in memory by chunks.
     */
    public void setChunkSize(long chunkSize) {
        this.chunkSize = chunkSize;
    }

    public String getFolderId() {
        return folderId;
    }

    /**
     * For Google Drive: the ID of the folder in which artifacts are kept, which is the last part of the folder's
     * address in a browser. By default they are kept in the account's own Drive, which a service account does not have.
     */
    public void setFolderId(String folderId) {
        this.folderId = folderId;
    }

    public String getFileName() {
        return fileName;
    }

    /**
     * The name under which an artifact is kept, a Simple expression such as shop-${date:now:yyyyMMdd-HHmmss}.sql, in
     * which date:now is when the run started; the ending of its compression is added where it is missing. By default
     * the artifact's own name, or for stat, get and delete the one in the header CamelFileName. Retention needs it: it
     * touches only what path and fileName together can produce.
     */
    public void setFileName(String fileName) {
        this.fileName = fileName;
    }

    public int getKeepLast() {
        return keepLast;
    }

    /** Retention: keep this many of the newest verified artifacts. */
    public void setKeepLast(int keepLast) {
        this.keepLast = keepLast;
    }

    public String getKeepWithin() {
        return keepWithin;
    }

    /** Retention: keep verified artifacts up to this age, an ISO 8601 duration such as P30D or PT36H. */
    public void setKeepWithin(String keepWithin) {
        this.keepWithin = keepWithin;
    }

    public int getKeepDaily() {
        return keepDaily;
    }

    /** Retention: keep the last verified artifact of each of this many days. */
    public void setKeepDaily(int keepDaily) {
        this.keepDaily = keepDaily;
    }

    public int getKeepWeekly() {
        return keepWeekly;
    }

    /** Retention: keep the last verified artifact of each of this many ISO weeks. */
    public void setKeepWeekly(int keepWeekly) {
        this.keepWeekly = keepWeekly;
    }

    public int getKeepMonthly() {
        return keepMonthly;
    }

    /** Retention: keep the last verified artifact of each of this many months. */
    public void setKeepMonthly(int keepMonthly) {
        this.keepMonthly = keepMonthly;
    }

    public int getKeepYearly() {
        return keepYearly;
    }

    /** Retention: keep the last verified artifact of each of this many years. */
    public void setKeepYearly(int keepYearly) {
        this.keepYearly = keepYearly;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** For prune: only say what would be kept and what removed, and why. */
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isPruneUnverified() {
        return pruneUnverified;
    }

    /**
     * Retention: also remove artifacts without a sidecar, of which nobody knows whether they are whole, as soon as
     * there is a newer one with a sidecar. By default they stay. One whose sidecar is damaged or cannot be read stays
     * always.
     */
    public void setPruneUnverified(boolean pruneUnverified) {
        this.pruneUnverified = pruneUnverified;
    }

    public boolean isAcrossHosts() {
        return acrossHosts;
    }

    /**
     * Whether what other machines have kept for this job is its own: counted and removed by its retention, and replaced
     * where the name is the same. By default a machine leaves other machines' artifacts alone, by the host that their
     * sidecars name. For containers, whose names change, and for a job that has moved.
     */
    public void setAcrossHosts(boolean acrossHosts) {
        this.acrossHosts = acrossHosts;
    }

    public boolean isKeepProved() {
        return keepProved;
    }

    /** Retention: keep the newest artifact that a drill has proved, whatever the other rules want (docs/drill.md). */
    public void setKeepProved(boolean keepProved) {
        this.keepProved = keepProved;
    }

    /** The retention rules; days begin in the system's time zone. */
    /** The names of the retention rules that are set. */
    public List<String> rules() {
        List<Boolean> set = List.of(keepLast != 0, keepWithin != null, keepDaily != 0, keepWeekly != 0,
                keepMonthly != 0, keepYearly != 0);
        return IntStream.range(0, set.size()).filter(set::get).mapToObj(RULES::get).toList();
    }

    public Retention retention() {
        return new Retention(keepLast, Retention.parseAge(keepWithin), keepDaily, keepWeekly, keepMonthly, keepYearly,
                ZoneId.systemDefault(), pruneUnverified, keepProved);
    }

    /** Path and file name as they were given, in one expression; null without a file name. */
    String template() {
        return fileName == null ? null : folder() + fileName.replaceFirst("^/+", "");
    }

    /** The path as it was given, with a slash at its end only; empty for none. */
    String folder() {
        String folder = path == null ? "" : path.replaceAll("^/+|/+$", "");
        return folder.isEmpty() ? "" : folder + "/";
    }

    /**
     * Rules that can do nothing are refused: who sets them counts on them.
     *
     * @param  given                    the names of the options that are set
     * @throws IllegalArgumentException naming the option that does not fit the others
     */
    void check(Set<String> given) {
        List<Runnable> checks = new ArrayList<>();
        checks.add(() -> checkPath("path", path));
        checks.add(() -> notNegative("requestTimeout", requestTimeout));
        boolean prunes = operation == StorageOperation.PRUNE;
        List<String> rules = RULES.stream().filter(given::contains).toList();
        refuse(checks, prunes && rules.isEmpty(), "operation", "prune needs a rule: set keepLast, keepWithin,"
                + " keepDaily, keepWeekly, keepMonthly or keepYearly");
        refuse(checks, pruneUnverified && rules.isEmpty(), "pruneUnverified", "it does nothing without a rule; set"
                + " keepLast or another, or remove it");
        refuse(checks, dryRun && !prunes, "dryRun", "it is for the operation prune; 'onedump prune --dry-run'"
                + " says what would be removed here");
        refuse(checks, keepProved && rules.isEmpty(), "keepProved", "it does nothing without a rule; set keepLast or"
                + " another, or remove it");
        rules.forEach(rule -> checkRule(rule, checks));
        checks.add(() -> {
            if (given.contains("fileName") && (fileName == null || fileName.isBlank())) {
                throw new IllegalArgumentException("option fileName: it is empty; name the artifact, or remove it");
            }
            checkPath("fileName", fileName);
            rules.stream().filter(this::keeps).findFirst().ifPresent(this::checkNames);
        });
        OptionsException.checkAll(checks.toArray(Runnable[]::new));
    }

    private static void refuse(List<Runnable> checks, boolean wrong, String option, String why) {
        checks.add(() -> {
            if (wrong) {
                throw new IllegalArgumentException("option " + option + ": " + why);
            }
        });
    }

    private static void notNegative(String option, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("option " + option + ": '" + value + "' must not be negative");
        }
    }

    /** What a run would refuse, or not find again, whatever its expressions turn out to be. */
    private static void checkPath(String option, String text) {
        if (text == null) {
            return;
        }
        try {
            String literal = EXPRESSION.matcher(text).replaceAll("x");
            ObjectPath.of(literal, "x");
            if (literal.endsWith(Sidecar.EXTENSION)) {
                throw new IllegalArgumentException("option " + option + ": what ends with " + Sidecar.EXTENSION
                        + " is taken for the sidecar of another artifact; choose another name");
            }
        } catch (StorageException e) {
            throw new IllegalArgumentException(
                    "option " + option + ": " + e.getMessage().replaceFirst("^storage: ", ""),
                    e);
        }
    }

    private void checkRule(String rule, List<Runnable> checks) {
        refuse(checks, operation != StorageOperation.PRUNE && operation != StorageOperation.PUT, rule,
                "it does nothing in the operation " + operation.name().toLowerCase(Locale.ROOT) + "; remove it");
        refuse(checks, sidecar == SidecarPolicy.NEVER, rule, "it counts artifacts with a sidecar only, and sidecar is"
                + " never; remove one of the two");
        boolean within = rule.equals("keepWithin");
        refuse(checks, !within && count(rule) < 0, rule, "'" + count(rule) + "' must not be negative: it is how many"
                + " to keep, such as 7");
        checks.add(() -> {
            if (within ? !Retention.isPositive(Retention.parseAge(keepWithin)) : count(rule) == 0) {
                throw new IllegalArgumentException("option " + rule + ": it would keep nothing, so that it is no rule;"
                        + " set a larger one, or remove it to keep everything");
            }
        });
    }

    /** Whether the rule is one, so that it needs names. */
    private boolean keeps(String rule) {
        return rule.equals("keepWithin") ? keepWithin != null && !keepWithin.isBlank() : count(rule) > 0;
    }

    private int count(String rule) {
        return switch (rule) {
            case "keepLast" -> keepLast;
            case "keepDaily" -> keepDaily;
            case "keepWeekly" -> keepWeekly;
            case "keepMonthly" -> keepMonthly;
            default -> keepYearly;
        };
    }

    private void checkNames(String rule) {
        if (fileName == null) {
            throw new IllegalArgumentException(
                    "option " + rule + ": retention needs the option fileName, the expression for the names"
                            + " of the job's artifacts, so that it removes only those");
        }
        NamePattern.of(template()).requireOrder(rule);
    }

    public StorageConfiguration copy() {
        try {
            return (StorageConfiguration) clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }
}
