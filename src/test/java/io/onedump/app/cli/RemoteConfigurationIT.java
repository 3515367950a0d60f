package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.sun.net.httpserver.HttpServer;
import io.onedump.servers.S3Proxy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;

/** Routes that are kept in an S3 bucket: {@code --config s3://bucket/key-or-prefix}. */
class RemoteConfigurationIT {

    private static final String BUCKET = "jobs";

    private static S3Proxy s3;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Workspace workspace;

    @BeforeAll
    static void start() {
        s3 = S3Proxy.start();
        s3.createBucket(BUCKET);
    }

    @AfterAll
    static void stop() {
        s3.close();
    }

    @BeforeEach
    void setCredentials() {
        System.setProperty("aws.endpointUrlS3", s3.endpoint().toString());
        System.setProperty("aws.accessKeyId", S3Proxy.ACCESS_KEY);
        System.setProperty("aws.secretAccessKey", S3Proxy.SECRET_KEY);
        System.setProperty("aws.disableEc2Metadata", "true");
    }

    @AfterEach
    void clearCredentials() {
        for (String name : List.of("endpointUrlS3", "accessKeyId", "secretAccessKey", "disableEc2Metadata")) {
            System.clearProperty("aws." + name);
        }
    }

    /** The routes are in the bucket only; the properties are where the command is run. */
    @BeforeEach
    void upload(@TempDir Path folder) throws IOException {
        workspace = Workspace.in(folder);
        workspace.job(StubJob.job(StubJob.good(workspace)).then(workspace.keep().with("sidecar", "always")));
        try (DirectoryStream<Path> routes = Files.newDirectoryStream(workspace.routes())) {
            routes.forEach(route -> put("nightly/" + route.getFileName(), route));
        }
        put("nightly/notes.txt", workspace.folder().resolve("application.properties"));
        put("nightly/deeper/other.camel.yaml", workspace.routes().resolve("shop.camel.yaml"));
        put("broken/sale.camel.yaml", Files.writeString(folder.resolve("broken"), """
                - route:
                    id: sale
                    form:
                      uri: timer:sale
                      steps:
                        - to: log:sale
                """));
        JobFile log = JobFile.named("log").then(JobFile.Step.to("binlog", "operation", "archive", "dsn",
                "mysql://root@127.0.0.1:1", "storage", "storage:file:" + folder.resolve("archive"),
                "spoolDirectory", folder.resolve("spool").toString()));
        put("log/log.camel.yaml", Files.writeString(folder.resolve("log"), log.yaml()));
        put("odd/shop.v2.camel.yaml", workspace.routes().resolve("shop.camel.yaml"));
    }

    @Test
    void areUsedByThePackagedCommand() {
        Invocation onedump = Invocation.of(workspace.folder(), "dump", "--config", "s3://" + BUCKET + "/nightly")
                .env("AWS_ENDPOINT_URL_S3", s3.endpoint().toString()).env("AWS_ACCESS_KEY_ID", S3Proxy.ACCESS_KEY)
                .env("AWS_SECRET_ACCESS_KEY", S3Proxy.SECRET_KEY).env("AWS_EC2_METADATA_DISABLED", "true");
        assertThat(onedump.run().output()).contains("shop: succeeded");
        assertThat(Workspace.files(workspace.kept())).containsExactly("shop.sql", "shop.sql.checksum");
        try (RunningCommand server = new Invocation(serve(onedump), onedump.environment(), onedump.folder(),
                onedump.limit()).start()) {
            server.awaitPrinted(text -> text.contains("serving shop"));
        }
    }

    private static List<String> serve(Invocation dump) {
        return dump.words().stream().map(word -> word.equals("dump") ? "serve" : word).toList();
    }

    @Test
    void areUsedByEveryOtherCommand() throws IOException {
        assertThat(good("validate")).contains("the configuration is good: 1 job");
        assertThat(good("jobs")).contains("shop").contains("Test shop");
        Files.createDirectory(workspace.kept());
        Files.writeString(workspace.kept().resolve("shop.sql"), "-- all of it");
        assertThat(good("list", "--job", "shop")).contains("shop.sql");
        good("download", "--job", "shop", "--output", workspace.folder().resolve("fetched").toString(),
                "--name", "shop.sql");
        assertThat(workspace.folder().resolve("fetched/shop.sql")).hasContent("-- all of it");
        refused(List.of("prune", "--job", "shop"), "s3://jobs/nightly/", "none of its storages has a retention rule");
    }

    @Test
    void areUsedByBinlogCommands() {
        assertThat(run(List.of("binlog", "verify", "--job", "log"), "s3://jobs/log")).isEqualTo(2);
        assertThat(err.toString()).contains("the archive is empty");
        refused(List.of("binlog", "verify", "--job", "log"), "s3://absent/log", "there is no bucket 'absent'");
        refused(List.of("binlog", "verify", "--job", "shop"), "s3://jobs/nightly", "the job has no binlog: endpoints");
    }

    @Test
    void areOneObjectTogetherWithWhatItsFolderShares() {
        assertThat(run(List.of("validate"), "s3://jobs/nightly/shop.camel.yaml")).isZero();
        assertThat(out.toString()).contains("the configuration is good: 1 job");
        refused(List.of("validate"), "s3://jobs/broken/sale.camel.yaml", "s3://jobs/broken/sale.camel.yaml:3");
        assertThat(err.toString()).contains("form").contains("1 configuration problem");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "jobs/absent/ | no *.camel.yaml object is directly below this prefix",
            "jobs/absent.camel.yaml | there is no such object",
            "jobs/odd | name it <name>.camel.yaml",
            "absent/nightly | there is no bucket 'absent'",
            "/nightly | no bucket is named"})
    void areMissing(String place, String message) {
        refused(List.of("validate"), "s3://" + place, message);
        assertThat(err.toString()).startsWith("s3://");
    }

    @Test
    void needCredentials() {
        System.setProperty("aws.secretAccessKey", "another-secret");
        refused(List.of("jobs"), "s3://jobs/nightly", "S3 refuses the credentials");
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        refused(List.of("jobs"), "s3://jobs/nightly", "there are no credentials for S3; set AWS_ACCESS_KEY_ID");
    }

    @Test
    void needAServerThatAnswers() {
        System.setProperty("aws.endpointUrlS3", "http://127.0.0.1:1");
        refused(List.of("jobs"), "s3://jobs/nightly", "S3 cannot be reached");
    }

    /** The test server knows no policies. */
    @Test
    void needAPolicyThatAllowsReading() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>".getBytes();
            exchange.sendResponseHeaders(403, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        System.setProperty("aws.endpointUrlS3", "http://127.0.0.1:" + server.getAddress().getPort());
        refused(List.of("jobs"), "s3://jobs/nightly", "access denied; the credentials need s3:GetObject and"
                + " s3:ListBucket");
        refused(List.of("binlog", "verify", "--job", "log"), "s3://jobs/log.camel.yaml", "access denied");
        server.stop(0);
    }

    private void refused(List<String> command, String config, String message) {
        assertThat(run(command, config)).isEqualTo(1);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    private String good(String... command) {
        assertThat(run(List.of(command), "s3://jobs/nightly")).as(err.toString()).isZero();
        return out.toString();
    }

    /** In this process, with system properties where the packaged command has its environment. */
    private int run(List<String> command, String config) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of("--config", config, "--properties",
                workspace.folder().resolve("application.properties").toString()));
        return Onedump.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private static void put(String key, Path file) {
        try {
            s3.client().putObject(request -> request.bucket(BUCKET).key(key),
                    RequestBody.fromBytes(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
