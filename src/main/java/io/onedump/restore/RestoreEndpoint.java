package io.onedump.restore;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.LocalNeeds;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.database.Connections;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.NamedFiles;
import io.onedump.database.PostgresDsn;
import io.onedump.database.TableGlob;
import io.onedump.encrypt.age.Identities;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreListener;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Restore the dump in the message's body into a MySQL, MariaDB or PostgreSQL server, and prove it. */
@UriEndpoint(firstVersion = "0.1.0", scheme = "restore", title = "Restore", syntax = "restore:action",
        producerOnly = true, category = {Category.DATABASE}, headersClass = OnedumpConstants.class)
public class RestoreEndpoint extends DefaultEndpoint implements LocalNeeds {

    @UriPath(enums = "load,compare", description = "load restores the dump; compare only compares the server with a"
            + " native dump.")
    @Metadata(required = true)
    private final RestoreAction action;

    @UriParam(description = "The server, with the database for a dump that does not make its own:"
            + " mysql://host:port/database or postgres://host:port/database.")
    @Metadata(required = true, secret = true)
    private String dsn;

    @UriParam(label = "security", description = "The account, in place of the DSN's.")
    private String username;

    @UriParam(label = "security", secret = true, description = "The account's password, in place of the DSN's.")
    private String password;

    @UriParam(description = "Of a native dump these databases only, separated by commas.")
    private String databases;

    @UriParam(description = "Of a native dump these tables only, with their triggers: names or globs, table or"
            + " database.table (PostgreSQL: schema.table), separated by commas.")
    private String tables;

    @UriParam(description = "Restore the one database of a native dump under this name.")
    private String intoDatabase;

    @UriParam(description = "Restore no rows.")
    private boolean schemaOnly;

    @UriParam(description = "Restore rows only, into tables that are there.")
    private boolean dataOnly;

    @UriParam(description = "user@host in place of the definers of views, triggers, routines and events.")
    private String definer;

    @UriParam(description = "Whoever restores is the definer of views, triggers, routines and events; of"
            + " PostgreSQL, owners and grants are left out.")
    private boolean withoutDefiners;

    @UriParam(description = "Remove what is there under the same names. Without it, such a target is refused.")
    private boolean replace;

    @UriParam(description = "How many connections load a native dump. By default as many as there are processors, at"
            + " most 4.")
    private Integer parallel;

    @UriParam(defaultValue = "true", description = "Read back what came of a native dump and compare it with what the"
            + " dump says; what differs fails the step.")
    private boolean verify = true;

    @UriParam(description = "The program that loads a tool's dump: mariadb, mysql, psql or pg_restore. By default from"
            + " the PATH.")
    private String client;

    @UriParam(label = "security", secret = true, description = "What opens a sealed dump: the text of the file that"
            + " onedump keygen or age-keygen wrote, such as {{file:/run/secrets/shop.key}}.")
    private String identity;

    @UriParam(label = "security", secret = true, description = "The passphrase that a dump is sealed with.")
    private String passphrase;

    private Identities identities = Identities.NONE;
    private Dsn target;
    private RestoreChoice choice;
    private int connections;

    public RestoreEndpoint(String uri, RestoreComponent component, RestoreAction action) {
        super(uri, component);
        this.action = action;
    }

    @Override
    public Producer createProducer() {
        return new RestoreProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("restore: restores when a message comes; it cannot start a route");
    }

    /** Refuses wrong options before the route starts. */
    @Override
    protected void doInit() throws Exception {
        super.doInit();
        if (dsn == null || dsn.isBlank()) {
            throw new IllegalArgumentException("option dsn: it is missing; name the server to restore into, for example"
                    + " mysql://user@host:3306");
        }
        target = checked("dsn", () -> Dsn.parse(dsn)).withAccount(username, password);
        checked("dsn",
                () -> target.family() == Dsn.Family.MYSQL ? MySqlDsn.settings(target) : PostgresDsn.words(target));
        if (definer != null && withoutDefiners) {
            throw new IllegalArgumentException("option definer: it goes not with withoutDefiners: set one of them");
        }
        if (schemaOnly && dataOnly) {
            throw new IllegalArgumentException(
                    "option schemaOnly: schemaOnly and dataOnly together leave nothing: set one of"
                            + " them");
        }
        identities = Identities.ofOptions(identity, passphrase);
        connections = checked("parallel", () -> Connections.of(parallel));
        choice = checked("intoDatabase",
                () -> new RestoreChoice(TableGlob.words(databases), TableGlob.words(tables), !dataOnly,
                        !schemaOnly, intoDatabase, withoutDefiners ? "" : definer, replace));
    }

    @Override
    public List<Lack> lacks() {
        return target.family() == Dsn.Family.MYSQL
                ? NamedFiles.lacks("dsn", MySqlDsn.settings(target))
                : NamedFiles.ofPostgres("dsn", target);
    }

    private static <T> T checked(String option, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + option + ": " + e.getMessage(), e);
        }
    }

    /** @param work the folder of this context's runs */
    Restoration restoration(Path work, RestoreListener listener) {
        return new Restoration(ContextThreads.of(getCamelContext()), target, null, choice, connections, verify, client,
                work, listener);
    }

    /** What opens a sealed dump. */
    Identities identities() {
        return identities;
    }

    /** Where it restores to, for messages. */
    String display() {
        return target.display();
    }

    public RestoreAction getAction() {
        return action;
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

    public String getDatabases() {
        return databases;
    }

    public void setDatabases(String databases) {
        this.databases = databases;
    }

    public String getTables() {
        return tables;
    }

    public void setTables(String tables) {
        this.tables = tables;
    }

    public String getIntoDatabase() {
        return intoDatabase;
    }

    public void setIntoDatabase(String intoDatabase) {
        this.intoDatabase = intoDatabase;
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

    public String getDefiner() {
        return definer;
    }

    public void setDefiner(String definer) {
        this.definer = definer;
    }

    public boolean isWithoutDefiners() {
        return withoutDefiners;
    }

    public void setWithoutDefiners(boolean withoutDefiners) {
        this.withoutDefiners = withoutDefiners;
    }

    public boolean isReplace() {
        return replace;
    }

    public void setReplace(boolean replace) {
        this.replace = replace;
    }

    public Integer getParallel() {
        return parallel;
    }

    public void setParallel(Integer parallel) {
        this.parallel = parallel;
    }

    public boolean isVerify() {
        return verify;
    }

    public void setVerify(boolean verify) {
        this.verify = verify;
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
