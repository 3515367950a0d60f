package io.onedump.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.onedump.servers.S3Proxy;
import org.junit.jupiter.api.AfterAll;
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
        put("broken/sale.camel.yaml", Files.writeString(folder.resolve("broken"), "- route:\n    id: sale\n    form: x\n"));
        put("odd/shop.v2.camel.yaml", workspace.routes().resolve("shop.camel.yaml"));
    }

    @Test
    void areUsedByEveryCommand() {
        assertThat(good("validate").output()).contains("the configuration is good: 1 job");
        assertThat(good("jobs").output()).contains("shop").contains("Test shop");
        assertThat(good("dump").output()).contains("shop: succeeded");
        assertThat(good("list", "--job", "shop").output()).contains("shop.sql");
        good("download", "--job", "shop", "--output", workspace.folder().resolve("fetched").toString());
        assertThat(workspace.folder().resolve("fetched/shop.sql")).hasSameBinaryContentAs(workspace.kept().resolve("shop.sql"));
        try (RunningCommand server = onedump("serve", "nightly/").start()) {
            server.awaitPrinted(text -> text.contains("serving shop"));
        }
        assertThat(onedump("prune", "nightly/").with("--job", "shop").run().errors())
                .contains("none of its storages has a retention rule");
    }

    @Test
    void areOneObjectTogetherWithWhatItsFolderShares() {
        assertThat(onedump("dump", "nightly/shop.camel.yaml").run().output()).contains("shop: succeeded");
        assertThat(onedump("validate", "broken/sale.camel.yaml").run().errors())
                .contains("s3://jobs/broken/sale.camel.yaml:").contains("form").contains("1 configuration problem");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "jobs/absent/ | no *.camel.yaml object is directly below this prefix",
        "jobs/absent.camel.yaml | there is no such object",
        "jobs/odd | name it <name>.camel.yaml",
        "absent/nightly | there is no bucket 'absent'",
        "/nightly | no bucket is named"})
    void areMissing(String place, String message) {
        refused(remote("validate", "s3://" + place), message);
    }

    @Test
    void needCredentials() {
        refused(onedump("jobs", "nightly").env("AWS_ACCESS_KEY_ID", "").env("AWS_SECRET_ACCESS_KEY", ""),
                "there are no credentials for S3; set AWS_ACCESS_KEY_ID");
        refused(onedump("jobs", "nightly").env("AWS_SECRET_ACCESS_KEY", "another-secret"), "S3 refuses the credentials");
        refused(onedump("jobs", "nightly").env("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1"), "S3 cannot be reached");
    }

    private void refused(Invocation command, String message) {
        Outcome outcome = command.run();
        assertThat(outcome.errors()).contains("s3://").contains(message).doesNotContain("\tat ");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).isEmpty();
    }

    private Outcome good(String command, String... arguments) {
        Outcome outcome = onedump(command, "nightly").with(arguments).run();
        assertThat(outcome.exitCode()).as(outcome.everything()).isZero();
        return outcome;
    }

    private Invocation onedump(String command, String key) {
        return remote(command, "s3://" + BUCKET + "/" + key);
    }

    private Invocation remote(String command, String config) {
        return Invocation.of(workspace.folder(), command, "--config", config)
                .env("AWS_ENDPOINT_URL_S3", s3.endpoint().toString())
                .env("AWS_ACCESS_KEY_ID", S3Proxy.ACCESS_KEY).env("AWS_SECRET_ACCESS_KEY", S3Proxy.SECRET_KEY)
                .env("AWS_EC2_METADATA_DISABLED", "true");
    }

    private static void put(String key, Path file) {
        try {
            s3.client().putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
