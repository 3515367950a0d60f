package io.onedump.dump;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.onedump.artifact.Compression;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.LocalNeeds;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.OptionalLibrary;
import io.onedump.database.Connections;
import io.onedump.database.Dsn;
import io.onedump.database.TableGlob;
import io.onedump.dump.mysql.Selection;
import io.onedump.ssh.SshSettings;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Dump a MySQL, MariaDB or PostgreSQL database, compressed, as an artifact for storages. */
@UriEndpoint(firstVersion = "0.1.0", scheme = "dump", title = "Dump", syntax = "dump:dumper", producerOnly = true,
        category = {Category.DATABASE}, headersClass = OnedumpConstants.class)
public class DumpEndpoint extends DefaultEndpoint implements LocalNeeds {

    @UriPath(enums = "mysqldump,mysql-native,postgres-native,pgdump,pgdumpall", description = "mysql-native for MySQL"
            + " and MariaDB, postgres-native for one PostgreSQL database, by connections of our own; or a tool:"
            + " mysqldump for MySQL and MariaDB, pgdump for one PostgreSQL database, pgdumpall for a whole PostgreSQL"
            + " server.")
    @Metadata(required = true)
    private final DumperKind dumper;

    @UriParam(description = "The database: mysql://host:port/database, postgres://host:port/database, the same"
            + " behind jdbc:,"
            + " or Go's tcp(host:port)/database; an account may stand in front of the host"
            + " (docs/dump.md)."
            + " For the whole server leave the database out.")
    @Metadata(required = true, secret = true)
    private String dsn;

    @UriParam(label = "security", description = "The account, in place of the DSN's.")
    private String username;

    @UriParam(label = "security", secret = true, description = "The account's password, in place of the DSN's. It"
            + " reaches the"
            + " tool through a file that only this user may read.")
    private String password;

    @UriParam(description = "Path or name of the tool. By default mysqldump or mariadb-dump, whichever fits the"
            + " server, or"
            + " pg_dump, from the PATH.")
    private String executable;

    @UriParam(description = "More options for the tool, split at white space, with quotes as in a shell. They come"
            + " after the"
            + " defaults (docs/dump.md) and so win over them.")
    private String options;

    @UriParam(defaultValue = "ZSTD", description = "How the dump is compressed: none, gzip or zstd.")
    private Compression compression = Compression.ZSTD;

    @UriParam(description = "The compression's level: zstd -7 to 19 (default 1), gzip 1 to 9 (default 6).")
    private Integer compressionLevel;

    @UriParam(description = "The artifact's name, a Simple expression such as shop-${date:now:yyyyMMdd-HHmmss}.sql. The"
            + " compression's ending is added where it is missing. By default the database's name"
            + " and the"
            + " time.")
    private String fileName;

    @UriParam(
            description = "The id of the job that archives this server's binary log: 'onedump restore --to' goes on"
                    + " from a dump with what it has (docs/point-in-time.md).")
    private String archive;

    @UriParam(label = "native", description = "How many connections read at the same time, all in one snapshot. By"
            + " default as many as there are processors, at most 4.")
    private Integer parallel;

    @UriParam(label = "native", description = "Which tables, views and sequences: names or globs, table or"
            + " database.table (PostgreSQL: schema.table), separated by commas. By default all, and with them routines"
            + " and events.")
    private String tables;

    @UriParam(label = "native", description = "Which tables, views and sequences are left out, as in tables.")
    private String excludeTables;

    @UriParam(label = "native", description = "Which rows of a table: a line with table, colon and condition for each,"
            + " such as orders: created >= '2024-01-01'.")
    private String where;

    @UriParam(label = "native", description = "Dump no rows.")
    private boolean schemaOnly;

    @UriParam(label = "native", description = "Dump rows and nothing else.")
    private boolean dataOnly;

    @UriParam(label = "native", description = "MySQL and MariaDB: dump the server's accounts and roles too, and what"
            + " they may do, as the server prints it.")
    private boolean accounts;

    @UriParam(label = "native", description = "Let nobody write to tables without transactions (MyISAM, Aria, MEMORY)"
            + " from before the snapshot until all rows are read, so that they are as at the snapshot. Needs the"
            + " privilege LOCK TABLES.")
    private boolean lockNonTransactional;

    @UriParam(label = "ssh", description = "Reach the database through this SSH server.")
    private String sshHost;

    @UriParam(label = "ssh", defaultValue = "22", description = "The SSH server's port.")
    private int sshPort = SshSettings.DEFAULT_PORT;

    @UriParam(label = "ssh", description = "The account on the SSH server.")
    private String sshUser;

    @UriParam(label = "ssh", secret = true, description = "The account's password, for servers that take no key.")
    private String sshPassword;

    @UriParam(label = "ssh", secret = true, description = "The private key: a file, the key as PEM text, or that in"
            + " base64.")
    private String sshKey;

    @UriParam(label = "ssh", secret = true, description = "The private key's passphrase.")
    private String sshPassphrase;

    @UriParam(label = "ssh", description = "The known_hosts file, or its lines. A server whose key is not in there is"
            + " refused. By default known_hosts in the home folder's .ssh.")
    private String sshKnownHosts;

    @UriParam(defaultValue = "0", javaType = "java.time.Duration", description = "How long a dump may take in all;"
            + " 0 for as"
            + " long as it needs.")
    private long timeout;

    @UriParam(defaultValue = "30m", javaType = "java.time.Duration", description = "How long the tool may print nothing"
            + " before it is stopped; 0 for"
            + " ever.")
    private long stallTimeout = Duration.ofMinutes(30).toMillis();

    @UriParam(defaultValue = "true", description = "Keep the dump in the work folder until the run ends, so that"
            + " several"
            + " storages can read it and a failed upload is repeated without"
            + " dumping"
            + " again. Without a spool it goes straight to one storage, and"
            + " a retry"
            + " dumps again.")
    private boolean spool = true;

    private DumpRequest request;
    private SshSettings ssh;

    public DumpEndpoint(String uri, DumpComponent component, DumperKind dumper) {
        super(uri, component);
        this.dumper = dumper;
    }

    @Override
    public Producer createProducer() {
        if (sshHost != null) {
            OptionalLibrary.JSCH.require("option sshHost: an SSH tunnel");
        }
        return new DumpProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("dump: makes a dump when a message comes; it cannot start a route");
    }

    /** Refuses wrong options before the route starts. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (dsn == null || dsn.isBlank()) {
            throw new IllegalArgumentException("option dsn: it is missing; name the database, for example"
                    + " mysql://user@host:3306/shop");
        }
        Dsn parsed = checked("dsn", () -> Dsn.parse(dsn)).withAccount(username, password);
        if (parsed.family() != dumper.family()) {
            throw new IllegalArgumentException("option dsn: it names a " + parsed.family() + " server, which "
                    + dumper + " does not dump");
        }
        request = new DumpRequest(dumper, parsed, executable, checked("options", () -> OptionText.split(options)),
                Duration.ofMillis(timeout), Duration.ofMillis(stallTimeout));
        if (dumper.isNative()) {
            request = request.by(ofOurOwn(parsed));
        } else {
            refuseWithoutOwnConnections();
        }
        Dumper.of(dumper).check(request, sshHost != null);
        checked("compressionLevel", () -> compression.level(compressionLevel));
        notNegative("timeout", timeout);
        notNegative("stallTimeout", stallTimeout);
        checked("sshPort", () -> SshSettings.port(sshPort));
        ssh = sshHost == null
                ? null
                : checked("ssh*", () -> new SshSettings(sshHost, sshPort, sshUser, sshPassword, sshKey,
                        sshPassphrase, sshKnownHosts, null, ContextThreads.of(getCamelContext())));
    }

    private DumpRequest.OfOurOwn ofOurOwn(Dsn parsed) {
        if (compression != Compression.ZSTD) {
            throw new IllegalArgumentException(
                    "option compression: " + dumper + " writes zstd, in frames from which one"
                            + " table can be read; leave the option out");
        }
        int connections = checked("parallel", () -> Connections.of(parallel));
        Map<String, String> conditions = checked("where", () -> Selection.conditions(where));
        return checked("schemaOnly", () -> new DumpRequest.OfOurOwn(new Selection(parsed.database(),
                TableGlob.words(tables), TableGlob.words(excludeTables),
                conditions, !dataOnly, !schemaOnly, accounts,
                lockNonTransactional), connections,
                compressionLevel));
    }

    private void refuseWithoutOwnConnections() {
        String given = parallel != null
                ? "parallel"
                : tables != null
                        ? "tables"
                        : excludeTables != null
                                ? "excludeTables"
                                : where != null
                                        ? "where"
                                        : schemaOnly
                                                ? "schemaOnly"
                                                : dataOnly
                                                        ? "dataOnly"
                                                        : accounts
                                                                ? "accounts"
                                                                : lockNonTransactional
                                                                        ? "lockNonTransactional"
                                                                        : null;
        if (given != null) {
            throw new IllegalArgumentException(
                    "option " + given + ": it is for mysql-native and postgres-native; tell the"
                            + " tool with options");
        }
    }

    private static void notNegative(String option, long value) {
        if (value < 0) {
            throw new IllegalArgumentException("option " + option + ": '" + value + "' must not be negative");
        }
    }

    @Override
    public List<Lack> lacks() {
        List<Lack> lacks = new ArrayList<>(ToolTrial.lacks(request));
        lacks.addAll(Dumper.of(dumper).lacks(request));
        if (ssh != null) {
            ssh.lacks().forEach(lack -> lacks.add(new Lack(
                    lack.option().equals("knownHosts") ? "sshKnownHosts" : "sshKey", lack.message(), lack.certain())));
        }
        return lacks;
    }

    private static <T> T checked(String option, Supplier<T> parse) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + option + ": " + e.getMessage(), e);
        }
    }

    /**
     * The Simple expressions for the names of its artifacts, without the ending of compression: the present one, and
     * where none is set that of older versions too, to find what they have kept.
     */
    public List<String> artifactNames(String job) {
        if (fileName != null) {
            return List.of(fileName);
        }
        String date = "-${date:now:yyyyMMdd-HHmmss}" + Dumper.of(request().kind()).extension(request());
        return Stream.of(subject(job), subject(null)).distinct().map(subject -> subject + date).toList();
    }

    /** What the default name begins with: two jobs that dump databases of one name must not take the same. */
    String subject(String job) {
        String database = request().databases();
        return job == null || job.equals(database) ? database : job + "-" + database;
    }

    DumpRequest request() {
        return request;
    }

    /** Null for a direct connection. */
    SshSettings ssh() {
        return ssh;
    }

    public DumperKind getDumper() {
        return dumper;
    }

    public String getDsn() {
        return dsn;
    }

    public void setDsn(String dsn) {
        this.dsn = dsn;
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

    public String getExecutable() {
        return executable;
    }

    public void setExecutable(String executable) {
        this.executable = executable;
    }

    public String getOptions() {
        return options;
    }

    public void setOptions(String options) {
        this.options = options;
    }

    public Compression getCompression() {
        return compression;
    }

    public void setCompression(Compression compression) {
        this.compression = compression;
    }

    public Integer getCompressionLevel() {
        return compressionLevel;
    }

    public void setCompressionLevel(Integer compressionLevel) {
        this.compressionLevel = compressionLevel;
    }

    public String getFileName() {
        return fileName;
    }

    public void setFileName(String fileName) {
        this.fileName = fileName;
    }

    public String getSshHost() {
        return sshHost;
    }

    public void setSshHost(String sshHost) {
        this.sshHost = sshHost;
    }

    public int getSshPort() {
        return sshPort;
    }

    public void setSshPort(int sshPort) {
        this.sshPort = sshPort;
    }

    public String getSshUser() {
        return sshUser;
    }

    public void setSshUser(String sshUser) {
        this.sshUser = sshUser;
    }

    public String getSshPassword() {
        return sshPassword;
    }

    public void setSshPassword(String sshPassword) {
        this.sshPassword = sshPassword;
    }

    public String getSshKey() {
        return sshKey;
    }

    public void setSshKey(String sshKey) {
        this.sshKey = sshKey;
    }

    public String getSshPassphrase() {
        return sshPassphrase;
    }

    public void setSshPassphrase(String sshPassphrase) {
        this.sshPassphrase = sshPassphrase;
    }

    public String getSshKnownHosts() {
        return sshKnownHosts;
    }

    public void setSshKnownHosts(String sshKnownHosts) {
        this.sshKnownHosts = sshKnownHosts;
    }

    public long getTimeout() {
        return timeout;
    }

    public void setTimeout(long timeout) {
        this.timeout = timeout;
    }

    public long getStallTimeout() {
        return stallTimeout;
    }

    public void setStallTimeout(long stallTimeout) {
        this.stallTimeout = stallTimeout;
    }

    public String getArchive() {
        return archive;
    }

    public void setArchive(String archive) {
        this.archive = archive;
    }

    public boolean isSpool() {
        return spool;
    }

    public void setSpool(boolean spool) {
        this.spool = spool;
    }

    public Integer getParallel() {
        return parallel;
    }

    public void setParallel(Integer parallel) {
        this.parallel = parallel;
    }

    public String getTables() {
        return tables;
    }

    public void setTables(String tables) {
        this.tables = tables;
    }

    public String getExcludeTables() {
        return excludeTables;
    }

    public void setExcludeTables(String excludeTables) {
        this.excludeTables = excludeTables;
    }

    public String getWhere() {
        return where;
    }

    public void setWhere(String where) {
        this.where = where;
    }

    public boolean isSchemaOnly() {
        return schemaOnly;
    }

    public void setSchemaOnly(boolean schemaOnly) {
        this.schemaOnly = schemaOnly;
    }

    public boolean isDataOnly() {
        return dataOnly;
    }

    public void setDataOnly(boolean dataOnly) {
        this.dataOnly = dataOnly;
    }

    public boolean isAccounts() {
        return accounts;
    }

    public void setAccounts(boolean accounts) {
        this.accounts = accounts;
    }

    public boolean isLockNonTransactional() {
        return lockNonTransactional;
    }

    public void setLockNonTransactional(boolean lockNonTransactional) {
        this.lockNonTransactional = lockNonTransactional;
    }
}
