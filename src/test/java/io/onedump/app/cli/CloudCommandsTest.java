package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Predicate;

import io.onedump.servers.CloudRequest;
import io.onedump.servers.CloudServer;
import io.onedump.servers.DriveClients;
import io.onedump.servers.DropboxClients;
import io.onedump.servers.FakeDrive;
import io.onedump.servers.FakeDropbox;
import io.onedump.servers.HttpFault;
import io.onedump.servers.S3Proxy;
import io.onedump.servers.ScriptedCloud;
import io.onedump.servers.SilentServer;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands that read what jobs have kept, where a cloud fails under them: exit code 3, and nothing is removed. */
@Tag("slow")
@Timeout(150)
class CloudCommandsTest {

    private static final String[] COMMANDS = {"list", "download", "prune"};
    /** More than one reading can take. */
    private static final int FOR_GOOD = 200;

    @TempDir
    private Path folder;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"list", "download", "prune"})
    void byGoogleDriveWhereSidecarsBreakOff(String command) throws Exception {
        try (FakeDrive server = FakeDrive.start(20)) {
            String options = drive(server.endpoint());
            keepThree("google-drive:drive-files/create", options);
            breaksOff(server, request -> "media".equals(request.query().get("alt")));
            assertThat(run(command)).as(err.toString()).isEqualTo(3);
            assertThat(server.names()).hasSize(6);
            saysIt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "download", "prune"})
    void byDropboxWhereSidecarsBreakOff(String command) throws Exception {
        try (FakeDropbox server = FakeDropbox.start(20)) {
            keepThree("dropbox:put", dropbox(server.endpoint()));
            breaksOff(server, request -> request.path().endsWith("/files/download"));
            assertThat(run(command)).as(err.toString()).isEqualTo(3);
            assertThat(server.paths()).hasSize(6);
            saysIt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "download", "prune"})
    void afterOneBreakAsIfThereHadBeenNone(String command) throws Exception {
        try (FakeDropbox server = FakeDropbox.start(20)) {
            keepThree("dropbox:put", dropbox(server.endpoint()));
            server.plan(HttpFault.truncatedAnswer(request -> request.path().endsWith("/files/download")));
            assertThat(run(command)).as(err.toString()).isZero();
            assertThat(server.paths()).hasSize(command.equals("prune") ? 4 : 6);
        }
    }

    @Test
    void byS3ThatIsSilent() throws Exception {
        try (SilentServer server = SilentServer.saying("")) {
            write("aws2-s3:b", s3(server.endpoint("http")) + "answerTimeout: 300\n");
            for (String command : COMMANDS) {
                assertThat(run(command)).as(command + err).isEqualTo(3);
            }
            assertThat(err.toString()).contains("the server has not answered in time");
            saysIt();
        }
    }

    @Test
    void byGoogleDriveThatIsSilent() throws Exception {
        try (SilentServer server = SilentServer.saying("")) {
            write("google-drive:drive-files/create", drive(server.endpoint("http")).replaceAll("refreshToken: .*",
                    "accessToken: token\nanswerTimeout: 300"));
            for (String command : COMMANDS) {
                assertThat(run(command)).as(command + err).isEqualTo(3);
            }
            assertThat(err.toString()).contains("the server has not answered in time");
            saysIt();
        }
    }

    @Test
    void whereAPageOfTheWebAnswersInPlaceOfS3() throws Exception {
        try (ScriptedCloud server = ScriptedCloud.start(request -> ScriptedCloud.xml(200,
                "<html><body>Please log in.</body></html>"))) {
            write("aws2-s3:b", s3(server.endpoint()));
            for (String command : COMMANDS) {
                assertThat(run(command)).as(command + err).isEqualTo(3);
            }
            assertThat(err.toString()).contains("the server does not keep to its protocol: its answer is no list");
            saysIt();
        }
    }

    @Test
    void whereTheBucketIsMissingWithoutTryingAgain() throws Exception {
        try (ScriptedCloud server = ScriptedCloud.start(request -> ScriptedCloud.xml(404,
                "<Error><Code>NoSuchBucket</Code><Message>no such bucket</Message></Error>"))) {
            write("aws2-s3:b", s3(server.endpoint()));
            for (String command : COMMANDS) {
                assertThat(run(command)).as(command + err).isEqualTo(3);
            }
            assertThat(err.toString()).contains("there is no bucket 'b'; create it or correct its name");
            saysIt();
        }
    }

    private void saysIt() {
        assertThat(out.toString() + err).doesNotContain("\tat ").doesNotContain("Exception:");
    }

    private static void breaksOff(CloudServer server, Predicate<CloudRequest> read) {
        server.plan(Collections.nCopies(FOR_GOOD, HttpFault.truncatedAnswer(read)).toArray(HttpFault[]::new));
    }

    private static String drive(URI endpoint) {
        return "clientFactory: \"#class:" + DriveClients.class.getName() + "('" + endpoint + "')\"\nclientId: "
                + FakeDrive.CLIENT_ID + "\nclientSecret: " + FakeDrive.CLIENT_SECRET + "\nrefreshToken: "
                + FakeDrive.REFRESH_TOKEN + "\n";
    }

    private static String dropbox(URI endpoint) {
        return "client: \"#class:" + DropboxClients.class.getName() + "#refreshing('" + endpoint + "')\"\n";
    }

    private static String s3(URI endpoint) {
        return "accessKey: " + S3Proxy.ACCESS_KEY + "\nsecretKey: " + S3Proxy.SECRET_KEY
                + "\nregion: us-east-1\noverrideEndpoint: true\nforcePathStyle: true\nuriEndpointOverride: " + endpoint
                + "\n";
    }

    private void write(String delegate, String options) throws Exception {
        Files.writeString(folder.resolve("shop.camel.yaml"), """
                - route:
                    id: shop
                    from:
                      uri: timer
                      parameters:
                        timerName: shop
                        period: 24h
                      steps:
                        - to:
                            uri: dump
                            parameters:
                              dumper: mysqldump
                              dsn: "mysql://root@127.0.0.1:1/shop"
                              fileName: "shop-${date:now:yyyyMMdd}.sql"
                        - to:
                            uri: storage
                            parameters:
                              fileName: "shop-${date:now:yyyyMMdd}.sql"
                              keepLast: 2
                              delegate: "%s"
                """.formatted(delegate) + options.indent(14));
    }

    private void keepThree(String delegate, String options) throws Exception {
        write(delegate, options);
        String uri = "storage:" + delegate + "?sidecar=always&" + options.strip().replace("\"", "")
                .replaceAll("(?m)^(\\w+): (.*)$", "$1=$2").replace("\n", "&");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            for (int day = 21; day < 24; day++) {
                context.createProducerTemplate().sendBodyAndHeader(uri, "day " + day, "CamelFileName",
                        "shop-202611" + day + ".sql.zst");
            }
        }
    }

    private int run(String command) {
        CommandLine line = Onedump.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String config = folder.resolve("shop.camel.yaml").toString();
        return command.equals("download")
                ? line.execute(command, "--config", config, "--job", "shop", "--output",
                        folder.resolve("out").toString())
                : line.execute(command, "--config", config, "--job", "shop");
    }
}
