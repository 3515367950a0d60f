package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;

import io.onedump.drill.DrillEndpoint;
import io.onedump.dump.DumpEndpoint;
import io.onedump.secret.EndpointValues;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.Backend;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.sftp.SftpBackend;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.slack.SlackComponent;
import org.apache.camel.component.slack.SlackEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whichever way a value comes, and whichever option it is for, it arrives as it was written, and shows nowhere. */
class SecretWaysTest {

    private static final String ROUTE = """
            - route:
                id: ways
                autoStartup: false
                from:
                  uri: direct:start
                  steps:
                    - to:
                        uri: dump:mysqldump
                        parameters:
                          dsn: mysql://u@db/shop
                          password: VALUE
                          sshPassword: VALUE
                          sshPassphrase: VALUE
                    - to:
                        uri: storage
                        parameters:
                          delegate: aws2-s3:bucket
                          accessKey: VALUE
                          secretKey: VALUE
                          region: eu-central-1
                    - to:
                        uri: storage
                        parameters:
                          delegate: sftp:nas/backups
                          username: u
                          password: VALUE
                          privateKeyPassphrase: VALUE
                          knownHostsFile: /dev/null
                    - to:
                        uri: drill:ways
                        parameters:
                          scratch: mysql://u@db
                          password: VALUE
                    - to:
                        uri: slack:#ops
                        parameters:
                          webhookUrl: VALUE
                          lazyStartProducer: true
                    - to:
                        uri: exec:sh
                        parameters:
                          args: ARGS
            """;

    /** Where a value stands. */
    enum Way {
        ROUTE,
        PROPERTY,
        SYSTEM_PROPERTY,
        FILE,
        PROPERTY_THAT_NAMES_A_FILE
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void arrivesWhateverItHolds(Way way) throws Exception {
        Random random = new Random(way.ordinal());
        for (int i = 0; i < 25; i++) {
            String secret = RandomText.secret(random);
            if (way != Way.ROUTE || !secret.matches("(?s).*\\{\\{.*}}.*|RAW[({].*[)}]")) {
                assertArrives(way, secret);
            }
        }
    }

    @Test
    void arrivesWhenItIsOneThatWasReadAsSomethingElse() throws Exception {
        for (String secret : new String[] {"{{x}}", "a{{b", "a}}b", "x)&password=y", "$simple{body}", "${body}",
                "RAW(a)", "a+b%20c&d?e#f", "C:\\", "DOMAIN\\user", "#bean", "ref:x",
                "#bean:client", "#class:java.lang.Thread", "#class:no.Such", "#type:java.lang.Runnable",
                "#property:the.secret", "#autowired", "#valueAs(int):7", "#valueAs(", "#", "##", " #bean:x",
                "Exchange.FILE_NAME", "Exchange.tr0ub4dor", "#bean:{{x}}", "#bean:a&b)&c+d", "RAW(#bean:x)",
                "\"\\\"'", "a\nb", "\uD83D\uDE00\u202e", "'; echo"}) {
            assertArrives(Way.PROPERTY, secret);
            assertArrives(Way.FILE, secret);
        }
        assertArrives(Way.FILE, "{{file:/etc/passwd}}");
    }

    /** As a literal, and for options of other components that are no secrets it stays what Camel says it is. */
    @ParameterizedTest
    @ValueSource(strings = {"#bean:client", "#class:java.lang.Thread", "#valueAs(int):7", "#", "#client", "#property:x",
            "#autowired", "#type:java.lang.Runnable", "Exchange.tr0ub4dor"})
    void arrivesThoughCamelWouldReadAReference(String secret) throws Exception {
        for (Way way : Way.values()) {
            assertArrives(way, secret);
        }
    }

    /** However the property is called. */
    @Test
    void mayNameFilesAndOtherProperties() throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), "a{{x}}+b\n");
        Properties properties = new Properties();
        properties.setProperty("shop.pw", "{{file:" + file + "}}");
        properties.setProperty("shop.password", "{{shop.pw}}");
        properties.setProperty("shop.name", "tiger");
        properties.setProperty("shop.dsn", "mysql://u:{{shop.password}}@{{db.host:localhost}}/{{shop.name}}");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties);
            EndpointValues.install(context);
            context.start();
            DumpEndpoint dump = context.getEndpoint("dump:mysqldump?dsn={{shop.dsn}}&password={{shop.pw}}"
                    + "&sshPassword={{shop.password}}&username={{shop.name}}", DumpEndpoint.class);

            assertThat(dump.getDsn()).isEqualTo("mysql://u:a{{x}}+b@localhost/tiger");
            assertThat(dump.getPassword()).isEqualTo("a{{x}}+b");
            assertThat(dump.getSshPassword()).isEqualTo("a{{x}}+b");
            assertThat(dump.getUsername()).isEqualTo("tiger");
        }
    }

    @Test
    void isInNoMessageAboutWhatIsNotSet() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("the.value", "tr0ub4dor{{x}}");
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties);
            EndpointValues.install(context);

            assertThatThrownBy(() -> context.resolvePropertyPlaceholders("{{the.value}}"))
                    .hasMessageContaining("[x]").hasStackTraceContaining("[x]")
                    .satisfies(e -> assertThat(e.toString()).doesNotContain("tr0ub4dor"));
        }
    }

    /** The log of this project's own classes is at its most talkative here; that of Camel is Camel's. */
    @ParameterizedTest
    @EnumSource
    void isInNoLineOfOurLog(Way way) throws Exception {
        assertThat(LoggerFactory.getLogger("io.onedump.secret.Any").isTraceEnabled()).isTrue();
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            assertArrives(way, "tr0ub4dor");
        } finally {
            System.setErr(before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("tr0ub4dor");
    }

    /** What sets no option through a URI: the options of a component, in the application's properties. */
    @ParameterizedTest
    @ValueSource(strings = {"#bean:client", "#class:java.lang.Thread", "Exchange.tr0ub4dor", "#valueAs(int):7"})
    void arrivesAtAComponentToo(String secret) throws Exception {
        Path file = Files.writeString(folder.resolve("secret"), secret);
        Properties properties = new Properties();
        properties.setProperty("the.password", secret);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setInitialProperties(properties);
            EndpointValues.install(context);
            context.start();
            SlackComponent slack = context.getComponent("slack", SlackComponent.class);
            PropertyBindingSupport.setPropertiesOnTarget(context, slack,
                    Map.of("webhookUrl", "{{file:" + file + "}}", "token", "{{the.password}}"));

            assertThat(slack.getWebhookUrl()).isEqualTo(secret);
            assertThat(slack.getToken()).isEqualTo(secret);
        }
    }

    /** As {@code sync:} and {@code binlog:} have it, whose own URI it becomes a part of. */
    @ParameterizedTest
    @ValueSource(strings = {"ROUTE", "PROPERTY", "PROPERTY_OF_ANOTHER_NAME", "FILE"})
    void arrivesInTheUriOfAStorageThatIsAnOption(String way) throws Exception {
        Random random = new Random(way.hashCode());
        List<String> secrets = new ArrayList<>(List.of("wJalr+XUtnFEMI/K7MDENG=", "a&b=c", "x)&y", "a%25b", "RAW(x)",
                "#bean:x", "Exchange.x", "{{x}}", "$simple{x}"));
        for (int i = 0; i < 15; i++) {
            secrets.add(RandomText.secret(random).replace("{{", "{").replace("?", ""));
        }
        for (String secret : secrets) {
            Properties properties = new Properties();
            String key = way.equals("PROPERTY_OF_ANOTHER_NAME") && !secret.contains("{{") ? "s3.k" : "s3.secret-key";
            Path file = Files.writeString(folder.resolve("secret"), secret);
            properties.setProperty(key, way.equals("FILE") ? "{{file:" + file + "}}" : secret);
            String uri = "storage:aws2-s3:b?accessKey=k&secretKey={{" + key + "}}&region=eu-central-1";
            properties.setProperty("docs.storage", uri);
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                context.getPropertiesComponent().setInitialProperties(properties);
                EndpointValues.install(context);
                PluginHelper.getRoutesLoader(context).loadRoutes(new RouteFile("x.camel.yaml", """
                        - route:
                            id: x
                            autoStartup: false
                            from:
                              uri: direct:x
                              steps:
                                - to:
                                    uri: sync
                                    parameters:
                                      source: /tmp
                                      storage: "%s"
                        """.formatted(way.equals("ROUTE") ? uri : "{{docs.storage:storage:file:/none}}")
                        .getBytes(StandardCharsets.UTF_8)).resource(context));
                context.start();

                assertThat(((AWS2S3Configuration) field(backend(context, "aws2-s3"), "configuration")).getSecretKey())
                        .isEqualTo(secret);
                if (secret.strip().length() > 3) {
                    assertThat(context.getEndpoints()).extracting(Endpoint::getEndpointUri)
                            .noneMatch(shown -> shown.contains(secret.strip()));
                }
            }
        }
    }

    /** Whose options are no texts, however they are called. */
    @Test
    void leavesReferencesToWhatIsNoText() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            EndpointValues.install(context);
            KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            context.getRegistry().bind("pair", pair);
            Properties properties = new Properties();
            properties.setProperty("the.secret.pair", "#bean:pair");
            context.getPropertiesComponent().setInitialProperties(properties);
            context.start();

            StorageEndpoint storage = context.getEndpoint("storage:sftp:nas/backups?username=u&knownHostsFile=/dev/null"
                    + "&keyPair={{the.secret.pair}}", StorageEndpoint.class);

            assertThat(((SftpBackend) storage.getBackend()).settings().privateKey()).contains("PRIVATE KEY");
        }
    }

    @Test
    void arrivesFromARouteThatNoFileOfThisProjectHolds() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            for (String secret : new String[] {"#bean:client", "#", "#class:java.lang.Thread", "#valueAs(int):7"}) {
                DumpEndpoint dump = context.getEndpoint("dump:mysqldump?dsn=mysql://u@db/shop&password=" + secret,
                        DumpEndpoint.class);

                assertThat(dump.getPassword()).isEqualTo(secret);
            }
        }
    }

    private void assertArrives(Way way, String secret) throws Exception {
        try (DefaultCamelContext context = context(way, secret)) {
            DumpEndpoint dump = endpoint(context, DumpEndpoint.class);
            AWS2S3Configuration bucket = (AWS2S3Configuration) field(backend(context, "aws2-s3"), "configuration");
            SshSettings sftp = ((SftpBackend) backend(context, "sftp")).settings();
            assertThat(endpoint(context, DrillEndpoint.class).getPassword()).as("drill password").isEqualTo(secret);
            Map<String, String> arrived = Map.of("password", dump.getPassword(), "sshPassword", dump.getSshPassword(),
                    "sshPassphrase", dump.getSshPassphrase(), "accessKey",
                    bucket.getAccessKey(), "secretKey",
                    bucket.getSecretKey(), "sftp password", sftp.password(),
                    "sftp passphrase", sftp.passphrase(), "webhook",
                    endpoint(context, SlackEndpoint.class).getWebhookUrl());
            assertThat(arrived).allSatisfy((option, value) -> assertThat(value).as(option).isEqualTo(secret));
            assertThat(endpoint(context, ExecEndpoint.class).getArgs()).as("exec args")
                    .isEqualTo(args(way, secret, secret));
            if (secret.strip().length() > 3) {
                assertThat(context.getEndpoints()).filteredOn(endpoint -> !(endpoint instanceof ExecEndpoint))
                        .extracting(Endpoint::getEndpointUri).noneMatch(uri -> uri.contains(secret.strip()));
            }
        }
    }

    /** For an option that is no secret an author of routes may well mean a reference. */
    private static String args(Way way, String secret, String value) {
        return way == Way.ROUTE && (secret.strip().startsWith("#") || secret.startsWith("Exchange.")) ? "none" : value;
    }

    private static Backend backend(DefaultCamelContext context, String delegate) {
        return context.getEndpoints().stream().filter(StorageEndpoint.class::isInstance)
                .map(StorageEndpoint.class::cast).filter(endpoint -> endpoint.getDelegate().startsWith(delegate))
                .findFirst().orElseThrow().getBackend();
    }

    private static Object field(Object owner, String name) throws ReflectiveOperationException {
        Field field = owner.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    private static <T> T endpoint(DefaultCamelContext context, Class<T> type) {
        return context.getEndpoints().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    private DefaultCamelContext context(Way way, String secret) throws Exception {
        Properties properties = new Properties();
        Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
        String value = switch (way) {
            case ROUTE -> secret;
            case PROPERTY, PROPERTY_THAT_NAMES_A_FILE -> "{{the.secret}}";
            case SYSTEM_PROPERTY -> "{{sys:ways.secret}}";
            case FILE -> "{{file:" + file + "}}";
        };
        properties.setProperty("the.secret",
                way == Way.PROPERTY_THAT_NAMES_A_FILE ? "{{file:" + file + "}}" : secret);
        System.setProperty("ways.secret", secret);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(properties);
        EndpointValues.install(context);
        PluginHelper.getRoutesLoader(context).loadRoutes(new RouteFile("ways.camel.yaml",
                ROUTE.replace("ARGS", RandomText.yaml(args(way, secret, value)))
                        .replace("VALUE", RandomText.yaml(value)).getBytes(StandardCharsets.UTF_8))
                .resource(context));
        context.start();
        return context;
    }
}
