package io.onedump.drill;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import io.onedump.artifact.LocalNeeds;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.database.Connections;
import io.onedump.drill.scratch.ScratchChoice;
import io.onedump.encrypt.age.Identities;
import io.onedump.storage.StorageEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Restore a job's newest dump, and what its archive has behind it, into a scratch server, and prove all of it. */
@UriEndpoint(firstVersion = "0.1.0", scheme = "drill", title = "Drill", syntax = "drill:job", producerOnly = true,
        category = {Category.DATABASE}, headersClass = OnedumpConstants.class)
public class DrillEndpoint extends DefaultEndpoint implements LocalNeeds {

    @UriPath(description = "The job whose dumps are restored: a route of the same application.")
    @Metadata(required = true)
    private final String job;

    @UriParam(description = "The job that archives the binary log of the server. By default what the dump step of the"
            + " job names with archive.")
    private String archiveJob;

    @UriParam(enums = "dump,end,random,next-dump", description = "dump: the newest dump alone. end: then the archive"
            + " to its end. random: to a random moment of the last day. next-dump: from the dump before to the newest,"
            + " whose rows have to come out. By default end where there is an archive, else dump.")
    private String to;

    @UriParam(defaultValue = "local", secret = true, description = "local: a private server started from this machine's"
            + " programs and removed. Or the DSN of a server that has a database onedump_scratch: all others there are"
            + " dropped.")
    private String scratch = "local";

    @UriParam(label = "security", description = "The account of the scratch server, in place of the DSN's.")
    private String username;

    @UriParam(label = "security", secret = true, description = "The account's password, in place of the DSN's.")
    private String password;

    @UriParam(description = "With scratch local: the path of mariadbd, mysqld or postgres. By default from the PATH and"
            + " the usual folders, of the dump's version if there is one.")
    private String serverProgram;

    @UriParam(description = "The URI of a storage that keeps a record of each drill, as JSON and for people, each with"
            + " the SHA-256 of the one before; such as storage:file:/var/lib/onedump/drills.")
    private String evidence;

    @UriParam(description = "How many connections load. By default as many as there are processors, at most 4.")
    private Integer parallel;

    @UriParam(description = "The program that loads a tool's dump: mariadb, mysql, psql or pg_restore. By default from"
            + " the PATH.")
    private String client;

    @UriParam(label = "security", secret = true, description = "What opens sealed dumps: the text of the file that"
            + " onedump keygen or age-keygen wrote, such as {{file:/run/secrets/shop.key}}.")
    private String identity;

    @UriParam(label = "security", secret = true, description = "The passphrase that dumps are sealed with.")
    private String passphrase;

    private Identities identities = Identities.NONE;
    private ScratchChoice choice;
    private int connections;

    public DrillEndpoint(String uri, DrillComponent component, String job) {
        super(uri, component);
        this.job = job;
    }

    @Override
    public Producer createProducer() {
        return new DrillProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("drill: works when a message comes; it cannot start a route");
    }

    /** Refuses wrong options before the route starts. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        choice = checked("scratch", () -> ScratchChoice.parse(scratch, username, password, serverProgram));
        connections = checked("parallel", () -> Connections.of(parallel));
        identities = Identities.ofOptions(identity, passphrase);
        checked("to", () -> DrillTarget.parse(to, true));
        if (evidence != null) {
            evidenceEndpoint();
        }
    }

    private static <T> T checked(String option, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + option + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Lack> lacks() {
        return evidence == null
                ? List.of()
                : new ArrayList<>(evidenceEndpoint().lacks().stream()
                        .map(lack -> new Lack("evidence", lack.message(), lack.certain())).toList());
    }

    /** Null for none. */
    StorageEndpoint evidenceEndpoint() {
        return evidence == null ? null : StorageEndpoint.of(getCamelContext(), "evidence", evidence);
    }

    ScratchChoice choice() {
        return choice;
    }

    /** What opens sealed dumps. */
    Identities identities() {
        return identities;
    }

    int connections() {
        return connections;
    }

    public String getJob() {
        return job;
    }

    public String getArchiveJob() {
        return archiveJob;
    }

    public void setArchiveJob(String archiveJob) {
        this.archiveJob = archiveJob;
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    public String getScratch() {
        return scratch;
    }

    public void setScratch(String scratch) {
        this.scratch = scratch;
    }

    public String getUsername() {
        return username;
    }

    public void setUsername(String username) {
        this.username = username;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }

    public String getServerProgram() {
        return serverProgram;
    }

    public void setServerProgram(String serverProgram) {
        this.serverProgram = serverProgram;
    }

    public String getEvidence() {
        return evidence;
    }

    public void setEvidence(String evidence) {
        this.evidence = evidence;
    }

    public Integer getParallel() {
        return parallel;
    }

    public void setParallel(Integer parallel) {
        this.parallel = parallel;
    }

    public String getClient() {
        return client;
    }

    public void setClient(String client) {
        this.client = client;
    }

    public String getIdentity() {
        return identity;
    }

    public void setIdentity(String identity) {
        this.identity = identity;
    }

    public String getPassphrase() {
        return passphrase;
    }

    public void setPassphrase(String passphrase) {
        this.passphrase = passphrase;
    }
}
