package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Random;
import java.util.Set;

import io.onedump.dump.DumpEndpoint;
import io.onedump.secret.EndpointValues;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.sftp.SftpBackend;
import org.apache.camel.component.exec.ExecEndpoint;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a route file says of an option, secret or not, of this project's components and of others, is what arrives. */
class WrittenValuesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--where=\"n='A+'\"", "DOMAIN\\user", "a && b", "100%", "a%25b",
            "a?b=c", "a\\", "\\", "a#b",
            "x)&y", "$simple{x}", "a{{b", "}}", "a  b", " a ", "a\nb", "ä€",
            "-c \"echo $HOME > x && true\"", "a=b&c=d"})
    void arrivesInEveryForm(String value) throws Exception {
        assertArrives(value);
    }

    @Test
    void arrivesWhateverItHolds() throws Exception {
        Random random = new Random(20261130);
        for (int i = 0; i < 60; i++) {
            String value = RandomText.of(random);
            if (!value.matches("(?s).*\\{\\{.*}}.*|RAW[({].*[)}]")) {
                assertArrives(value);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a+b", "a%20b", "a%25b", "a%2520b", "100%", "%", "a&b", "a&b=c&d", "a#b", "#", "ü", "a\\", "\\",
                    "a\\b", "a\\{{", "RAW(x)", "a{{b", "}}", "{{{", "a  b", " a ", "a\nb", "a=b", "a@b", "a@b@c",
                    "'", ")", "{b}", "\"", "a;b", "a|b", "^", "`", "~", "[x]", "\u0001", "😀"})
    void arrivesInThePathInEveryForm(String value) throws Exception {
        assertArrivesInPath(value);
    }

    @Test
    void arrivesInThePathWhateverItHolds() throws Exception {
        Random random = new Random(20261201);
        for (int i = 0; i < 60; i++) {
            String value = RandomText.of(random);
            if (!value.matches("(?s).*\\{\\{.*}}.*|.*[?/].*|.*[$](simple)?\\{.*")) {
                assertArrivesInPath(value);
            }
        }
    }

    /** Of a folder Camel refuses expressions. */
    @Test
    void mayLookLikeAnExpressionInThePath() throws Exception {
        try (DefaultCamelContext context = load(new Properties(), step("exec", "executable", "$simple{x}"))) {
            assertThat(endpoint(context, ExecEndpoint.class).getExecutable()).isEqualTo("$simple{x}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:FOLDER/a+b", "file:FOLDER/a%20b", "file:FOLDER/a&b", "file:FOLDER/a#b",
            "file:FOLDER/ü", "file:FOLDER/a\\b", "file:FOLDER/a\\", "file:FOLDER/RAW(x)", "file:FOLDER/{x}",
            "file:FOLDER/100%"})
    void isTheFolderThatADelegateNames(String delegate) throws Exception {
        String written = delegate.replace("FOLDER", folder.toString());
        try (DefaultCamelContext context = load(new Properties(), step("storage", "delegate", written))) {
            StorageEndpoint storage = endpoint(context, StorageEndpoint.class);

            assertThat(storage.getDelegate()).isEqualTo(written);
            assertThat(storage.getBackend().localFolder()).contains(Path.of(written.substring("file:".length())));
        }
    }

    @Test
    void mayHaveOptionsOfItsOwnBehindADelegate() throws Exception {
        try (DefaultCamelContext context = load(new Properties(), step("storage", "delegate",
                "sftp:back+up@127.0.0.1:31310/a+b%20c?password=RAW(a+b&c)&knownHostsFile={{the.file:/dev/null}}"))) {
            StorageEndpoint storage = endpoint(context, StorageEndpoint.class);
            SftpBackend sftp = (SftpBackend) storage.getBackend();

            assertThat(sftp.settings().user()).isEqualTo("back+up");
            assertThat(sftp.settings().password()).isEqualTo("a+b&c");
            assertThat(sftp.folder()).isEqualTo("a+b%20c");
        }
    }

    @Test
    void mayHavePlaceholdersInThePath() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("the.folder", "x+y");
        try (DefaultCamelContext context = load(properties,
                step("storage", "delegate", "file:" + folder + "/%41{{the.folder}}&{{?no}}z"))) {
            assertThat(endpoint(context, StorageEndpoint.class).getBackend().localFolder())
                    .contains(folder.resolve("%41x+y&z"));
        }
    }

    @Test
    void arrivesFromAFileAlsoBetweenWrittenCharacters() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            String secret = RandomText.of(random);
            Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
            try (DefaultCamelContext context = context("a+{{file:" + file + "}}\\", new Properties())) {
                assertThat(dump(context).getPassword()).isEqualTo("a+" + secret + "\\");
                assertThat(dump(context).getUsername()).isEqualTo("a+" + secret + "\\");
            }
        }
    }

    @Test
    void leavesOutEveryTypeOfOptionThatHasNoValue() throws Exception {
        try (DefaultCamelContext context = context("x", new Properties())) {
            DumpEndpoint bare = (DumpEndpoint) context.getEndpoint("dump:mysqldump?dsn=RAW(mysql://u@db/shop)"
                    + "&level={{?no}}&compression={{?no}}&password=RAW({{?no}})&options={{?no}}&sshPort={{?no}}");

            assertThat(bare.getPassword()).isNull();
            assertThat(bare.getOptions()).isNull();
        }
    }

    /** For the URI of an endpoint is in log lines and in messages. */
    @Test
    void isInNoUriWhenItIsASecret() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("the.secret", "tr&0ub+4dor");
        try (DefaultCamelContext context = context("{{the.secret}}", properties)) {
            assertThat(dump(context).getPassword()).isEqualTo("tr&0ub+4dor");
            assertThat(context.getEndpoints()).extracting(endpoint -> endpoint.getEndpointUri() + endpoint)
                    .noneMatch(uri -> uri.contains("4dor"));
        }
    }

    @Test
    void keepsTheNumbersOfLines() {
        String yaml = "- route:\n    from:\n      uri: exec:sh\n      parameters:\n        args: |\n          a && b\n"
                + "          c\n        timeout: 3 # ms\n        workingDir: \"a+\n          b\"\n    # end\n";

        String protect = YamlValues.protect(yaml, scheme -> Set.of());

        assertThat(protect.lines().count()).isEqualTo(yaml.lines().count());
        assertThat(protect.lines().toList().get(7)).isEqualTo("        timeout: 3 # ms");
        assertThat(protect.lines().toList().get(10)).isEqualTo("    # end");
    }

    private void assertArrives(String value) throws Exception {
        try (DefaultCamelContext context = context(value, new Properties())) {
            assertThat(dump(context).getPassword()).as("a secret").isEqualTo(value);
            assertThat(dump(context).getUsername()).as("an option").isEqualTo(value);
            ExecEndpoint exec = endpoint(context, ExecEndpoint.class);
            assertThat(exec.getWorkingDir()).as("another component's option").isEqualTo(value);
        }
    }

    private void assertArrivesInPath(String value) throws Exception {
        String file = "/tmp/" + value;
        try (DefaultCamelContext context = load(new Properties(), step("exec", "executable", value)
                + step("file", "directoryName", file) + step("storage", "delegate", "file:" + file))) {
            assertThat(endpoint(context, ExecEndpoint.class).getExecutable()).isEqualTo(value);
            assertThat(endpoint(context, FileEndpoint.class).getConfiguration().getDirectory())
                    .as("of a component that takes a backslash for a slash").isEqualTo(file.replace('\\', '/'));
            assertThat(endpoint(context, StorageEndpoint.class).getDelegate()).isEqualTo("file:" + file);
        }
    }

    private static String step(String scheme, String option, String value) {
        return "        - to:\n            uri: " + scheme + "\n            parameters:\n              " + option + ": "
                + RandomText.yaml(value) + "\n";
    }

    /** One after the other in the steps of a route. */
    private static DefaultCamelContext load(Properties properties, String steps) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(properties);
        EndpointValues.install(context);
        String route = "- route:\n    id: path\n    autoStartup: false\n    from:\n      uri: direct:start\n"
                + "      steps:\n" + steps.indent(2);
        PluginHelper.getRoutesLoader(context).loadRoutes(
                new RouteFile("path.camel.yaml", route.getBytes(StandardCharsets.UTF_8)).resource(context));
        context.start();
        return context;
    }

    private static DumpEndpoint dump(DefaultCamelContext context) {
        return endpoint(context, DumpEndpoint.class);
    }

    private static <T> T endpoint(DefaultCamelContext context, Class<T> type) {
        return context.getEndpoints().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    private static DefaultCamelContext context(String value, Properties properties) throws Exception {
        String quoted = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                .replace("\t", "\\t").replace("\u001b", "\\e").replace("\u0001", "\\x01") + "\"";
        String route = """
                - route:
                    id: values
                    autoStartup: false
                    from:
                      uri: direct:start
                      steps:
                        - to:
                            uri: dump:mysqldump
                            parameters:
                              dsn: mysql://db/shop
                              password: VALUE
                              username: VALUE
                        - to:
                            uri: exec:sh
                            parameters:
                              workingDir: VALUE
                """.replace("VALUE", quoted);
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(properties);
        EndpointValues.install(context);
        PluginHelper.getRoutesLoader(context).loadRoutes(
                new RouteFile("values.camel.yaml", route.getBytes(StandardCharsets.UTF_8)).resource(context));
        context.start();
        return context;
    }
}
