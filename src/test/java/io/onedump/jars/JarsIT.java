package io.onedump.jars;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.docs.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One jar is for any Camel application, the other is the application of the distribution. */
class JarsIT {

    /** The jar of the components brought 24 MB when storages, sync and slow log were not optional. */
    private static final long MOST_BYTES = 9L << 20;

    private static final Set<String> MANDATORY = Set.of("camel-support", "camel-core-engine", "camel-core-languages",
            "camel-file", "camel-health", "zstd-jni", "mysql-binlog-connector-java", "jackson-core", "jagged-api",
            "jagged-framework", "jagged-x25519");

    private static final String APPLICATION = "io/onedump/app/";

    /** Which classes cannot be linked without a library that is optional: those that only its options touch. */
    private static final Map<String, Pattern> LINKED_WITH = Map.ofEntries(
            needs("com/jcraft/jsch/", "ssh\\.\\w+"),
            needs("com/datadoghq/", "slowlog\\.(\\w+\\.)*MetricStats"),
            needs("io/micrometer/", "(artifact\\.Meters|binlog\\.BinlogMetrics|drill\\.DrillMetrics)"),
            needs("org/apache/camel/component/exec/",
                    "(artifact\\.ExecOutcome|dump\\.(Artifact(Executor|Result|ResultConverters)|ExecDefault))"),
            needs("org/apache/camel/component/file/remote/", "storage\\.sftp\\.SftpBackend"),
            needs("org/apache/camel/component/aws", "storage\\.s3\\.\\w+"),
            needs("software/amazon/awssdk/", "storage\\.s3\\.\\w+"),
            needs("org/apache/camel/component/dropbox/", "storage\\.dropbox\\.\\w+"),
            needs("com/dropbox/", "storage\\.dropbox\\.\\w+"),
            needs("org/apache/camel/component/google/", "storage\\.drive\\.\\w+"),
            needs("com/google/api/", "storage\\.drive\\.\\w+"));

    @Test
    void theComponentsJarHoldsNothingOfTheApplication() {
        assertThat(Jars.entries(Jars.components())).noneMatch(entry -> entry.startsWith(APPLICATION))
                .allMatch(entry -> entry.matches("io/onedump/.+|META-INF/(io/onedump|services|maven)/.+"
                        + "|META-INF/(MANIFEST.MF|LICENSE|NOTICE)"));
    }

    @Test
    void noServiceOfTheComponentsJarIsAClassOfTheApplication() throws Exception {
        try (JarFile jar = new JarFile(Jars.components().toFile())) {
            List<String> services = jar.stream().filter(entry -> entry.getName().startsWith("META-INF/services/"))
                    .map(entry -> entry.getName()).toList();
            assertThat(services).isNotEmpty();
            for (String service : services) {
                assertThat(new String(jar.getInputStream(jar.getEntry(service)).readAllBytes())).as(service)
                        .doesNotContain("io.onedump.app");
            }
        }
    }

    @Test
    void theApplicationsJarHoldsTheApplicationOnly() throws Exception {
        assertThat(Jars.entries(Jars.application())).contains(APPLICATION + "cli/Onedump.class")
                .allMatch(entry -> entry.startsWith(APPLICATION) || entry.startsWith("META-INF/"))
                .noneMatch(entry -> entry.startsWith("META-INF/io/"));
        try (JarFile jar = new JarFile(Jars.application().toFile())) {
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("io.onedump.app.cli.Onedump");
        }
    }

    @Test
    void everyClassIsInOneOfTheJars() throws Exception {
        Path classes = Repository.file("target/classes");
        try (Stream<Path> files = Files.walk(classes)) {
            List<String> compiled = files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class")).toList();
            assertThat(Stream.of(Jars.components(), Jars.application()).flatMap(jar -> Jars.entries(jar).stream())
                    .filter(name -> name.endsWith(".class"))).containsExactlyInAnyOrderElementsOf(compiled);
        }
    }

    @Test
    void theDistributionHasBothJarsAndEachLibraryOnce() throws Exception {
        try (Stream<Path> files = Files.list(Repository.file("target/onedump/lib"))) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            assertThat(names).contains(Jars.components().getFileName().toString(),
                    Jars.application().getFileName().toString());
            // Two libraries of others are called "annotations"; zstd-jni has a jar for each platform.
            assertThat(names.stream().filter(name -> !name.startsWith("zstd-jni-"))
                    .map(name -> name.replaceFirst("-v?\\d.*?(-app)?\\.jar$", "$1"))
                    .filter(name -> !name.equals("annotations"))).doesNotHaveDuplicates();
        }
    }

    @Test
    void anApplicationGetsOnlyWhatComponentsCannotDoWithout() {
        assertThat(Jars.mandatory()).isEqualTo(MANDATORY);
    }

    @Test
    void theComponentsAddLittleToAnEmptyCamelApplication() {
        Map<String, Long> sizes = Jars.brought().stream()
                .collect(Collectors.toMap(jar -> jar.getFileName().toString(), Jars::size, (a, b) -> a, TreeMap::new));
        long sum = sizes.values().stream().mapToLong(Long::longValue).sum();
        assertThat(sum).as(sizes.toString()).isLessThanOrEqualTo(MOST_BYTES);
    }

    /** Linked and looked into, as a container does that searches classes for annotations. */
    @Test
    void everyClassLoadsUnlessItIsForALibraryThatIsMissing() throws Exception {
        List<String> wrong = new ArrayList<>();
        try (URLClassLoader loader = Jars.loader(Jars.withoutOptional())) {
            for (String entry : Jars.entries(Jars.components())) {
                if (entry.startsWith("io/") && entry.endsWith(".class") && !entry.endsWith("package-info.class")) {
                    String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
                    try {
                        Class<?> loaded = Class.forName(name, true, loader);
                        loaded.getDeclaredMethods();
                        loaded.getDeclaredFields();
                        loaded.getDeclaredConstructors();
                    } catch (LinkageError e) {
                        if (!mayNeed(name.replaceFirst("\\$.*", ""), e.getMessage())) {
                            wrong.add(name + ": " + e);
                        }
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "dump:pgdump?dsn=postgres://u@db.example.com/orders&fileName=x.sql",
            "dump:mysqldump?dsn=mysql://u@db.example.com/shop&fileName=x.sql&sshHost=b.example.com&sshUser=u&sshKey=k",
            "checksum:sha256",
            "storage:file:target/backups",
            "storage:file:target/backups?operation=prune&keepLast=3&fileName=x-${date:now:yyyyMMdd}.sql",
            "slowlog:json?path=target/slow.log",
            "sync:src?storage=storage:file:target/backups",
            "binlog:archive?dsn=mysql://u@db.example.com&storage=storage:file:target/backups&spoolDirectory=target/x"})
    void everyComponentMakesItsEndpointsWithoutOptionalLibraries(String uri) throws Exception {
        assertThat(empty("endpoint", uri)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "sync:src?storage=storage:file:target/backups | org.xerial:sqlite-jdbc",
            "slowlog:json?path=target/slow.log | com.datadoghq:sketches-java",
            "dump:pgdump?dsn=postgres://u@d.example/o&fileName=x&sshHost=b&sshUser=u&sshKey=k | com.github.mwiede:jsch",
            "storage:aws2-s3:bucket | org.apache.camel:camel-aws2-s3",
            "storage:google-drive:drive-files/create | org.apache.camel:camel-google-drive",
            "storage:dropbox:put | org.apache.camel:camel-dropbox",
            "storage:sftp:u@nas/backups | org.apache.camel:camel-ftp",
            "storage:ftp:u@nas/backups | org.apache.camel:camel-ftp",
            "sync:src?storage=sftp:u@nas/backups | org.apache.camel:camel-ftp"})
    void aRouteThatNeedsAnOptionalLibraryIsRefusedByTheLibrarysName(String uri, String library) throws Exception {
        assertThat(empty("route", uri)).contains(library).contains("add the dependency")
                .doesNotContain("NoClassDefFound");
    }

    private static String empty(String method, String uri) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = Jars.loader(Jars.withoutOptional())) {
            thread.setContextClassLoader(loader);
            return (String) loader.loadClass(EmptyApplication.class.getName()).getMethod(method, String.class)
                    .invoke(null, uri);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static boolean mayNeed(String name, String missing) {
        return LINKED_WITH.entrySet().stream()
                .anyMatch(known -> missing.contains(known.getKey()) && known.getValue().matcher(name).matches());
    }

    private static Map.Entry<String, Pattern> needs(String library, String classes) {
        return Map.entry(library, Pattern.compile("io\\.onedump\\." + classes));
    }
}
