package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.Random;

import io.onedump.dump.DumpEndpoint;
import io.onedump.secret.EndpointValues;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.Backend;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.sftp.SftpBackend;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.slack.SlackEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
                        uri: slack:#ops
                        parameters:
                          webhookUrl: VALUE
                          lazyStartProducer: true
                    - to:
                        uri: exec:sh
                        parameters:
                          args: VALUE
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
            String secret = RandomText.of(random);
            if (way != Way.ROUTE || !secret.matches("(?s).*\\{\\{.*}}.*|RAW[({].*[)}]")) {
                assertArrives(way, secret);
            }
        }
    }

    @Test
    void arrivesWhenItIsOneThatWasReadAsSomethingElse() throws Exception {
        for (String secret : new String[] {"{{x}}", "a{{b", "a}}b", "x)&password=y", "$simple{body}", "${body}",
                "RAW(a)", "a+b%20c&d?e#f", "C:\\", "DOMAIN\\user", "#bean", "ref:x",
                "\"\\\"'", "a\nb", "\uD83D\uDE00\u202e", "'; echo"}) {
            assertArrives(Way.PROPERTY, secret);
            assertArrives(Way.FILE, secret);
        }
        assertArrives(Way.FILE, "{{file:/etc/passwd}}");
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

    private void assertArrives(Way way, String secret) throws Exception {
        try (DefaultCamelContext context = context(way, secret)) {
            DumpEndpoint dump = endpoint(context, DumpEndpoint.class);
            AWS2S3Configuration bucket = (AWS2S3Configuration) field(backend(context, "aws2-s3"), "configuration");
            SshSettings sftp = ((SftpBackend) backend(context, "sftp")).settings();
            Map<String, String> arrived = Map.of("password", dump.getPassword(), "sshPassword", dump.getSshPassword(),
                    "sshPassphrase", dump.getSshPassphrase(), "accessKey",
                    bucket.getAccessKey(), "secretKey",
                    bucket.getSecretKey(), "sftp password", sftp.password(),
                    "sftp passphrase", sftp.passphrase(), "webhook",
                    endpoint(context, SlackEndpoint.class).getWebhookUrl());
            assertThat(arrived).allSatisfy((option, value) -> assertThat(value).as(option).isEqualTo(secret));
            assertThat(endpoint(context, ExecEndpoint.class).getArgs()).as("exec args").isEqualTo(secret);
            if (secret.strip().length() > 3) {
                assertThat(context.getEndpoints()).filteredOn(endpoint -> !(endpoint instanceof ExecEndpoint))
                        .extracting(Endpoint::getEndpointUri).noneMatch(uri -> uri.contains(secret.strip()));
            }
        }
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
                ROUTE.replace("VALUE", RandomText.yaml(value)).getBytes(StandardCharsets.UTF_8)).resource());
        context.start();
        return context;
    }
}
