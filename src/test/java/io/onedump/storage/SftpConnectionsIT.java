package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.onedump.app.cli.Commands;
import io.onedump.artifact.Backoff;
import io.onedump.servers.PasswordSshd;
import io.onedump.servers.SshKey;
import io.onedump.servers.Sshd;
import io.onedump.servers.TcpProxy;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.sftp.SftpOptions;
import io.onedump.storage.sftp.SftpStorage;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often runs log in, which servers count and limit, and what they do when that fails. */
@Timeout(180)
class SftpConnectionsIT {

    private static final int PUTS = 40;
    private static final Duration AT_ONCE = Duration.ofSeconds(8);

    private CamelContext context;

    @BeforeEach
    void start() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&keepLast=3", "&verify=read-back"})
    void aRunOfManyPutsLogsInOnce(String options) throws Exception {
        try (Sshd server = Sshd.start()) {
            put(storage(server, options), PUTS);
            assertThat(server.logIns()).isEqualTo(1);
            assertThat(dumps(server)).hasSize(PUTS);
        }
    }

    @Test
    void theSameHoldsWithoutAShellAndForThePutOnlyLogInOfJava() throws Exception {
        try (PasswordSshd server = PasswordSshd.start(); TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            Path known = Files.writeString(server.workFolder().resolve("known"),
                    Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
            put("storage:sftp:" + PasswordSshd.USER + "@" + proxy.host() + ":" + proxy.port() + "//?password=RAW("
                    + PasswordSshd.PASSWORD + ")&knownHostsFile=" + known + "&fileName=shop-${body}.sql&keepLast=3",
                    PUTS);
            assertThat(proxy.connections()).isEqualTo(1);
        }
    }

    @Test
    void replacingAnArtifactTakesNoSecondLogIn() throws Exception {
        try (Sshd server = Sshd.start()) {
            String storage = storage(server, "");
            context.createProducerTemplate().sendBody(storage, "1");
            context.createProducerTemplate().sendBody(storage, "1");
            assertThat(server.logIns()).isEqualTo(1);
            assertThat(dumps(server)).hasSize(1);
        }
    }

    @Test
    void stepsThatLeadToTheSameServerShareTheLogIn() throws Exception {
        try (Sshd server = Sshd.start()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:run").to(storage(server, "&path=a")).to(storage(server, "&path=b"))
                            .to(storage(server, "&path=c&operation=list"));
                }
            });
            context.createProducerTemplate().sendBody("direct:run", "1");
            assertThat(server.logIns()).isEqualTo(1);
        }
    }

    @Test
    void jobsAtTheSameTimeAreStoredByAServerThatTakesTwoLogInsAtATime() throws Exception {
        try (Sshd server = Sshd.startWith("MaxStartups 1:30:2")) {
            String storage = storage(server, "");
            ProducerTemplate template = context.createProducerTemplate();
            List<CompletableFuture<Exchange>> jobs = IntStream.range(0, 16).mapToObj(each -> CompletableFuture
                    .supplyAsync(() -> template.send(storage, exchange -> exchange.getMessage().setBody("" + each)),
                            command -> new Thread(command).start()))
                    .toList();
            for (CompletableFuture<Exchange> job : jobs) {
                assertThat(job.get(150, TimeUnit.SECONDS).getException()).isNull();
            }
            assertThat(dumps(server)).hasSize(16);
            assertThat(server.logIns()).isLessThanOrEqualTo(16);
            assertThat(Files.readString(server.log())).as("the server has turned some away")
                    .containsAnyOf("drop connection", "MaxStartups throttling");
        }
    }

    @Test
    void aCommandLogsInOnceForAllStoragesAndArtifactsOfAJob(@TempDir Path folder) throws Exception {
        try (Sshd server = Sshd.start()) {
            String steps = Stream.of("a", "b", "c").map(path -> "\n        - to: \"" + storage(server, "&path=" + path)
                    .replace("${body}", "${date:now:yyyyMMdd-HHmmss-SSS}") + "&keepLast=9\"")
                    .collect(Collectors.joining());
            Files.writeString(folder.resolve("many.camel.yaml"), """
                    - route:
                        id: many
                        group: job
                        from:
                          uri: direct:many
                          steps:
                            - setHeader: {name: CamelFileName, constant: shop.sql}
                            - setBody: {constant: rows}
                            - to: checksum:sha256""" + steps);
            for (String command : List.of("dump", "dump", "dump", "list", "prune", "download --all", "download")) {
                long before = server.logIns();
                List<String> words = new ArrayList<>(List.of((command + " --job many --config " + folder).split(" ")));
                if (command.startsWith("download")) {
                    words.addAll(List.of("--output", folder.resolve("fetched").toString()));
                }
                StringWriter out = new StringWriter();
                int code = Commands.run(new PrintWriter(out), words.toArray(String[]::new));
                assertThat(code).as("%s: %s", command, out).isZero();
                assertThat(server.logIns() - before).as(command).isEqualTo(1);
            }
            try (Stream<Path> fetched = Files.walk(folder.resolve("fetched"))) {
                assertThat(fetched.filter(file -> file.toString().endsWith(".sql"))).hasSizeGreaterThanOrEqualTo(3);
            }
        }
    }

    @Test
    void aServerThatWasRestartedMeanwhileIsLoggedInToAgain() throws Exception {
        try (Sshd server = Sshd.start()) {
            String storage = storage(server, "");
            context.createProducerTemplate().sendBody(storage, "1");
            server.restart();
            context.createProducerTemplate().sendBody(storage, "2");
            assertThat(dumps(server)).hasSize(2);
            assertThat(server.logIns()).isEqualTo(2);
        }
    }

    @Test
    void aConnectionThatAFirewallHasForgottenIsMadeAgain() throws Exception {
        try (Sshd server = Sshd.start(); TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            String storage = storage(server, proxy.port(), proxied(server, proxy), server.key(),
                    "&connectTimeout=1000");
            context.createProducerTemplate().sendBody(storage, "1");
            proxy.download().stall();
            CompletableFuture.runAsync(proxy.download()::heal,
                    CompletableFuture.delayedExecutor(3, TimeUnit.SECONDS));
            context.createProducerTemplate().sendBody(storage, "2");
            assertThat(dumps(server)).hasSize(2);
        }
    }

    @Test
    void aServerThatIsBeingStartedIsWaitedFor() throws Exception {
        try (Sshd server = Sshd.start(); TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            String storage = storage(server, proxy.port(), proxied(server, proxy), server.key(), "");
            proxy.refuse();
            CompletableFuture.runAsync(proxy::accept, CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS));
            context.createProducerTemplate().sendBody(storage, "1");
            assertThat(dumps(server)).hasSize(1);
        }
    }

    @Test
    void whatNoTryCuresIsToldAtOnce() throws Exception {
        try (Sshd server = Sshd.start()) {
            failsAtOnce(storage(server, server.port(), server.knownHosts(), server.unauthorizedKey(), ""),
                    "log-in refused");
            failsAtOnce(storage(server, server.port(), server.wrongKnownHosts(), server.key(), ""),
                    "the host key is not the one");
            failsAtOnce(storage(server, "").replace(server.host() + ":", "no-such-host.invalid:"),
                    "cannot be resolved");
        }
        try (Sshd server = Sshd.startWith("MaxAuthTries 1")) {
            failsAtOnce(storage(server, server.port(), server.knownHosts(), server.unauthorizedKey(), ""),
                    "log-in refused");
        }
    }

    @Test
    void theEndOfTheContextEndsTheConnections() throws Exception {
        try (Sshd server = Sshd.start()) {
            put(storage(server, ""), 2);
            assertThat(sessions(server)).isPositive();
            context.close();
            await().untilAsserted(() -> assertThat(sessions(server)).isZero());
        }
    }

    @Test
    void aConnectionOnWhichAPutHasFailedIsForNobodyElse() throws Exception {
        try (Sshd server = Sshd.start()) {
            String storage = storage(server, "");
            context.createProducerTemplate().sendBody(storage, "1");
            Exchange failed = context.createProducerTemplate().send(storage.replace("${body}", "2"),
                    exchange -> exchange.getMessage().setBody(new DamagedArtifact(
                            new GeneratedArtifact("sent", 100_000), new GeneratedArtifact("meant", 100_001))));
            assertThat(failed.getException()).isNotNull();
            context.createProducerTemplate().sendBody(storage, "3");
            assertThat(dumps(server)).hasSize(2);
        }
    }

    @Test
    void aFailedLogInIsNotFollowedByOneToTidyUp() throws Exception {
        try (Sshd server = Sshd.start(); TcpProxy proxy = TcpProxy.to(server.host(), server.port())) {
            SshSettings settings = new SshSettings(proxy.host(), proxy.port(), server.user(), null,
                    server.unauthorizedKey().file().toString(), null, proxied(server, proxy).toString(), null);
            try (Storage storage = new SftpStorage(settings, server.workFolder().toString(),
                    new SftpOptions(Verify.AUTO, true, Backoff.DEFAULT))) {
                assertThatThrownBy(() -> storage.put("x", new GeneratedArtifact("x", 10)))
                        .hasMessageContaining("log-in refused");
            }
            // OpenSSH's client, and this process to say why.
            assertThat(proxy.connections()).isEqualTo(2);
        }
    }

    private void put(String storage, int count) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:many").split(body()).to(storage);
            }
        });
        context.createProducerTemplate().sendBody("direct:many",
                IntStream.range(0, count).mapToObj(String::valueOf).collect(Collectors.toCollection(ArrayList::new)));
    }

    private void failsAtOnce(String storage, String message) {
        long started = System.nanoTime();
        assertThatThrownBy(() -> context.createProducerTemplate().sendBody(storage, "1"))
                .isInstanceOf(CamelExecutionException.class).rootCause()
                .satisfies(cause -> assertThat(cause).isNotNull());
        assertThatThrownBy(() -> context.createProducerTemplate().sendBody(storage, "1"))
                .cause().hasMessageContaining(message);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(AT_ONCE);
    }

    private static long sessions(Sshd server) {
        return ProcessHandle.of(server.pid()).orElseThrow().descendants().count();
    }

    private static List<Path> dumps(Sshd server) throws Exception {
        try (Stream<Path> files = Files.list(server.workFolder())) {
            return files.filter(file -> file.toString().endsWith(".sql")).toList();
        }
    }

    private static Path proxied(Sshd server, TcpProxy proxy) throws Exception {
        return Files.writeString(server.workFolder().resolve("known"),
                Files.readString(server.knownHosts()).replace(":" + server.port(), ":" + proxy.port()));
    }

    private static String storage(Sshd server, String options) {
        return storage(server, server.port(), server.knownHosts(), server.key(), options);
    }

    private static String storage(Sshd server, int port, Path known, SshKey key, String options) {
        return "storage:sftp:" + server.user() + "@" + server.host() + ":" + port + "/" + server.workFolder()
                + "?privateKeyFile=" + key.file() + "&knownHostsFile=" + known + "&fileName=shop-${body}.sql" + options;
    }
}
