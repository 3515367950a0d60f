package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import io.onedump.artifact.Compression;
import io.onedump.artifact.OnedumpConstants;
import io.onedump.artifact.WorkFolder;
import io.onedump.database.Dsn;
import io.onedump.dump.mysql.Selection;
import io.onedump.servers.StubDumper;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DumpEndpointTest {

    private static final String DSN = "dump:pgdump?dsn=postgres://u@db/shop";

    @TempDir
    private Path folder;

    private final Properties properties = new Properties();
    private final CamelContext context = new DefaultCamelContext();

    @BeforeEach
    void configure() {
        properties.setProperty(WorkFolder.PROPERTY, folder.resolve("work").toString());
        context.getPropertiesComponent().setInitialProperties(properties);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void hasDefaults() {
        DumpEndpoint endpoint = endpoint(DSN);

        assertThat(endpoint.getCompression()).isEqualTo(Compression.ZSTD);
        assertThat(endpoint.getCompressionLevel()).isNull();
        assertThat(endpoint.getTimeout()).isZero();
        assertThat(endpoint.getStallTimeout()).isEqualTo(Duration.ofMinutes(30).toMillis());
        assertThat(endpoint.isSpool()).isTrue();
        assertThat(endpoint.getSshPort()).isEqualTo(22);
        assertThat(endpoint.ssh()).isNull();
        assertThat(endpoint.request())
                .isEqualTo(new DumpRequest(DumperKind.pgdump, Dsn.parse("postgres://u@db/shop"), null,
                        List.of(), Duration.ZERO, Duration.ofMinutes(30)));
    }

    @Test
    void mapsEveryOption() {
        DumpEndpoint endpoint = endpoint("dump:mysqldump?dsn=mysql://db/shop&username=backup&password=secret"
                + "&executable=/opt/mysqldump&options=--hex-blob --where='id > 1'&compression=gzip&compressionLevel=9"
                + "&fileName=a.sql&timeout=2h&stallTimeout=90s&spool=false&sshHost=bastion&sshPort=2222&sshUser=jump"
                + "&sshPassword=p&sshKey=/key&sshPassphrase=pp&sshKnownHosts=/known");

        assertThat(endpoint.request()).isEqualTo(new DumpRequest(DumperKind.mysqldump,
                Dsn.parse("mysql://backup:secret@db/shop"), "/opt/mysqldump",
                List.of("--hex-blob", "--where=id > 1"), Duration.ofHours(2), Duration.ofSeconds(90)));
        assertThat(endpoint.getCompression()).isEqualTo(Compression.GZIP);
        assertThat(endpoint.getCompressionLevel()).isEqualTo(9);
        assertThat(endpoint.getFileName()).isEqualTo("a.sql");
        assertThat(endpoint.isSpool()).isFalse();
        assertThat(endpoint.ssh().target()).isEqualTo("ssh jump@bastion:2222");
        assertThat(endpoint.ssh().privateKey()).isEqualTo("/key");
        assertThat(endpoint.ssh().passphrase()).isEqualTo("pp");
        assertThat(endpoint.ssh().password()).isEqualTo("p");
        assertThat(endpoint.ssh().knownHosts()).isEqualTo("/known");
    }

    @Test
    void mapsTheOptionsOfOwnConnections() {
        DumpEndpoint endpoint = endpoint("dump:mysql-native?dsn=mysql://db/shop&parallel=3&tables=a*,b&excludeTables=ab"
                + "&where=b: id > 1&schemaOnly=false&dataOnly=true&accounts=true&compressionLevel=3");

        assertThat(endpoint.request().ofOurOwn()).isEqualTo(new DumpRequest.OfOurOwn(new Selection("shop",
                List.of("a*", "b"), List.of("ab"), Map.of("b", "id > 1"), false, true, true), 3, 3));
        assertThat(endpoint("dump:mysql-native?dsn=mysql://db").request().ofOurOwn().parallel()).isBetween(1, 4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "dump:mongodump?dsn=mysql://db | unknown dumper 'mongodump': use one of [mysqldump, mysql-native,",
            "dump:mysql-native?dsn=mysql://db&compression=gzip | option compression: mysql-native writes zstd",
            "dump:mysql-native?dsn=mysql://db&options=--quick | option options: it is for a tool",
            "dump:mysql-native?dsn=mysql://db&parallel=0 | option parallel: it must be between 1 and 64",
            "dump:mysql-native?dsn=mysql://db&schemaOnly=true&dataOnly=true | option schemaOnly: schemaOnly and",
            "dump:mysql-native?dsn=mysql://db&where=id | option where: 'id' is not a table, a colon and a condition",
            "dump:mysqldump?dsn=mysql://db&tables=a | option tables: it is for mysql-native",
            "dump:postgres-native?dsn=postgres://db | option dsn: it names no database: add one, or use dump:pgdumpall",
            "dump:postgres-native?dsn=mysql://db/a | option dsn: it names a MYSQL server",
            "dump:postgres-native?dsn=postgres://db/a&accounts=true | option accounts: roles are the whole server's",
            "dump:postgres-native?dsn=postgres://db/a&options=-n | option options: postgres-native reads the rows",
            "dump:postgres-native?dsn=postgres://db/a&compression=gzip | option compression: postgres-native",
            "dump:postgres-native?dsn=RAW(postgres://db/a?requirepeer=b) | option dsn: the word 'requirepeer'",
            "dump:mysqldump?dsn=shop | option dsn: not understood as a DSN",
            "dump:mysqldump?dsn=postgres://u:s3cret@db/shop | option dsn: it names a POSTGRES server",
            "dump:pgdump?dsn=postgres://db | option dsn: it names no database",
            "dump:pgdump?dsn=postgres://db/a&options=--file=x | option options: they must not redirect the output",
            "dump:pgdump?dsn=postgres://db/a&options=-Fd | option options: they ask for the directory format",
            "dump:pgdump?dsn=postgres://db/a&options=-W | option options: they must not name the connection",
            "dump:pgdump?dsn=RAW(postgres://db/a?sslpassword=s3cret) | option dsn: it must not hold sslpassword",
            "dump:mysqldump?dsn=mysql://u@db&options=--result-file=x | option options: they must not redirect",
            "dump:mysqldump?dsn=mysql://u@db&options=--compact | option options: they must not leave out comments",
            "dump:mysqldump?dsn=mysql://u@db&options=-px | option options: they must not name the connection",
            "dump:mysqldump?dsn=mysql://u@db&options='a | option options: a quote is not closed",
            "dump:mysqldump?dsn=mysql://u@db&options=--result_fi=x | option options: they must not redirect",
            "dump:mysqldump?dsn=mysql://u@db&options=-vr/x | option options: they must not redirect the output",
            "dump:mysqldump?dsn=mysql://u@db&options=--loose-skip-comm | option options: they must not leave out",
            "dump:mysqldump?dsn=mysql://u@db&options=--comments=0 | option options: they must not leave out comments",
            "dump:mysqldump?dsn=mysql://u@db&options=--defaults-ex=x | option options: they must not name the conn",
            "dump:mysqldump?dsn=mysql://u@db&options=-- | option options: they must not hold the word --",
            "dump:mysqldump?dsn=RAW(mysql://u@db?ssl-mode=REQUIRED)&options=--skip-ssl | option options: they must not",
            "dump:mysqldump?dsn=RAW(mysql://u@db?ssl-mod=REQUIRED) | option dsn: the word 'ssl-mod' is not understood",
            "dump:mysqldump?dsn=RAW(mysql://u@db?useSSL=true)&sshHost=b | option dsn: through a tunnel",
            "dump:mysqldump?dsn=RAW(u@unix(/s)/shop)&sshHost=b | option dsn: a tunnel ends at a host and port",
            "dump:pgdump?dsn=postgres://db/a&options=-Z9 | option options: they have the tool compress a plain dump",
            "dump:pgdump?dsn=postgres://db/a&options=--compr=9 | option options: they have the tool compress",
            "dump:pgdump?dsn=postgres://db/a&options=-vZ 9 | option options: they have the tool compress",
            "dump:pgdump?dsn=postgres://db/a&options=--fil=/x | option options: they must not redirect the output",
            "dump:pgdump?dsn=postgres://db/a&options=-vf/x | option options: they must not redirect the output",
            "dump:pgdump?dsn=postgres://db/a&options=--hos=x | option options: they must not name the connection",
            "dump:pgdump?dsn=postgres://db/a&options=-vFd | option options: they ask for the directory format",
            "dump:pgdump?dsn=postgres://db/a&options=--form=dir | option options: they ask for the directory format",
            "dump:pgdump?dsn=RAW(postgres://db/a?ssl-ca=/x) | option dsn: the word 'ssl-ca' is not understood",
            "dump:mysqldump?dsn=mysql://db&compressionLevel=20 | option compressionLevel: compression level 20",
            "dump:mysqldump?dsn=mysql://db&sshHost=b | option ssh*: ssh user is missing",
            "dump:mysqldump?dsn=mysql://db&sshHost=b&sshUser=u "
                    + "| option ssh*: ssh u@b: give a password or a private key"})
    void refusesAWrongOptionBeforeAnythingStarts(String uri, String message) {
        assertThatThrownBy(() -> endpoint(uri)).hasStackTraceContaining(message)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"compression=lz4", "compressionLevel=best", "timeout=soon", "spool=maybe", "colour=red",
            "sshPort=ssh"})
    void refusesAnOptionThatCamelCannotRead(String option) {
        assertThatThrownBy(() -> endpoint(DSN + "&" + option)).hasStackTraceContaining(option.split("=")[0]);
    }

    @Test
    void cannotStartARoute() {
        assertThatThrownBy(() -> endpoint(DSN).createConsumer(exchange -> {
        })).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void namesTheDumpByASimpleExpression() throws Exception {
        StubDumper dumper = stub();

        Exchange done = run("""
                dumper: pgdump
                dsn: postgres://u@db/shop
                executable: %s
                fileName: "shop-${header.day}.sql"
                """.formatted(dumper.path()));

        assertThat(done.getMessage().getHeader(OnedumpConstants.FILE_NAME)).isEqualTo("shop-monday.sql.zst");
    }

    /** What a YAML route says in a placeholder has to reach the tool unchanged. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "p&w", "p+w", "p%w", "p%41w", "p#w", "p@w", "p/w", "p?w", "p=w", "p w", "&+%#@/?=",
            "p)w", "a)b}c", "päß", "#bean"})
    void passesAPasswordOnAsItIs(String password) throws Exception {
        StubDumper dumper = stub();
        properties.setProperty("shop.password", password);

        Exchange done = run("""
                dumper: pgdump
                dsn: postgres://u@db/shop
                executable: %s
                password: "{{shop.password}}"
                """.formatted(dumper.path()));

        assertThat(done.getException()).isNull();
        assertThat(Files.readString(dumper.optionFile())).isEqualTo("*:*:*:*:" + password + "\n");
        assertThat(dumper.arguments()).noneMatch(argument -> argument.contains(password) && !password.equals("plain"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"p&w", "p+w", "p%w", "p#w", "p@w", "p:w", "p/w", "&+%#@:/", "p)w", "päß"})
    void passesThePasswordOfADsnOnAsItIs(String password) throws Exception {
        StubDumper dumper = stub();
        properties.setProperty("shop.dsn", "postgres://u:" + password + "@db/shop");

        Exchange done = run("""
                dumper: pgdump
                dsn: "{{shop.dsn}}"
                executable: %s
                """.formatted(dumper.path()));

        assertThat(done.getException()).isNull();
        assertThat(Files.readString(dumper.optionFile()))
                .isEqualTo("*:*:*:*:" + password.replace(":", "\\:") + "\n");
        assertThat(dumper.arguments()).noneMatch(argument -> argument.contains(password));
    }

    private StubDumper stub() throws Exception {
        return StubDumper.in(Files.createDirectory(folder.resolve("stub"))).prints("x\n")
                .prints(StubDumper.POSTGRES_TRAILER);
    }

    private DumpEndpoint endpoint(String uri) {
        context.start();
        return context.getEndpoint(uri, DumpEndpoint.class);
    }

    private Exchange run(String parameters) throws Exception {
        load(parameters);
        context.start();
        return context.createProducerTemplate().send("direct:run",
                exchange -> exchange.getMessage().setHeader("day", "monday"));
    }

    private void load(String parameters) throws Exception {
        Resource routes = ResourceHelper.fromString("routes.camel.yaml", """
                - route:
                    id: shop
                    from:
                      uri: direct
                      parameters:
                        name: run
                      steps:
                        - to:
                            uri: dump
                            parameters:
                """ + parameters.indent(14).replaceAll("(?m)^", "  "));
        PluginHelper.getRoutesLoader(context).loadRoutes(routes);
    }

    @Test
    void keepsTheDsnsAccountWhenUsernameAndPasswordAreEmpty() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            DumpEndpoint endpoint = context.getEndpoint(
                    "dump:mysqldump?dsn=RAW(mysql://backup:secret@db/shop)&username=&password=", DumpEndpoint.class);
            assertThat(endpoint.request().dsn().user()).isEqualTo("backup");
            assertThat(endpoint.request().dsn().password()).isEqualTo("secret");
        }
    }
}
