package io.onedump.app.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

import io.onedump.artifact.Artifact;
import io.onedump.encrypt.age.NewIdentity;
import org.apache.camel.util.FileUtil;
import picocli.CommandLine.Command;

/**
 * {@code onedump warm-up}: runs a small job and small syncs of its own, so that the launcher can record which classes a
 * run loads. It touches nothing outside of temporary folders and speaks with nobody but itself.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

    /** What can be run is run; databases are looked for where nobody listens. Random bytes stay as long as they are. */
    private static final String ROUTES = """
            - route:
                id: warm-up
                description: Loads what a job loads.
                from:
                  uri: quartz
                  parameters:
                    groupName: onedump
                    triggerName: warm-up
                    cron: "0 0 0 1 1 ?"
                  steps:
                    - to:
                        uri: exec:head
                        parameters:
                          args: "-c 20000000 /dev/urandom"
                          commandExecutor: "#artifact"
                    - to:
                        uri: encrypt
                        parameters:
                          format: age
                          recipients: RECIPIENT
                    - to:
                        uri: checksum
                        parameters:
                          algorithm: sha256
                    - multicast:
                        parallelProcessing: "true"
                        steps:
                          - to:
                              uri: storage
                              parameters:
                                delegate: "file:FOLDER/kept"
                          - to:
                              uri: storage
                              parameters:
                                delegate: "aws2-s3:warm-up"
                                region: us-east-1
                                accessKey: none
                                secretKey: none
                                overrideEndpoint: "true"
                                uriEndpointOverride: "BUCKET"
                                forcePathStyle: "true"
            - route:
                id: warm-up-dump
                description: Loads what a dump loads.
                group: job
                from:
                  uri: direct:warm-up-dump
                  steps:
                    - to:
                        uri: dump
                        parameters:
                          dumper: mysqldump
                          dsn: "mysql://warm-up@127.0.0.1:1/warm-up"
            """;

    /** What a dump by connections of our own needs beyond that, and a restore: there is no server for them. */
    private static final Pattern OF_DATABASES = Pattern.compile("io/onedump/(dump|database|restore)/.*\\.class");

    private static void sync(Path folder, String storage) {
        Onedump.commandLine().execute("sync", "--source", folder.resolve("warm-up.camel.yaml").toString(), "--to",
                storage,
                "--state", folder.resolve("sync.db").toString(), "--max-attempts", "1");
    }

    private static void loadDatabases() throws IOException, ReflectiveOperationException, URISyntaxException {
        Path jar = Path.of(Artifact.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        if (!Files.isRegularFile(jar)) {
            return;
        }
        try (JarFile entries = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(entries.entries())) {
                if (OF_DATABASES.matcher(entry.getName()).matches()) {
                    String name = entry.getName().replace('/', '.');
                    Class.forName(name.substring(0, name.lastIndexOf('.')), false, Artifact.class.getClassLoader());
                }
            }
        }
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("onedump-warm-up");
        Path properties = Files.writeString(folder.resolve("application.properties"),
                "onedump.work-directory=" + folder.resolve("work") + "\n");
        try (WarmUpBucket bucket = new WarmUpBucket()) {
            Path routes = Files.writeString(folder.resolve("warm-up.camel.yaml"),
                    ROUTES.replace("FOLDER", folder.toString()).replace("BUCKET", bucket.url())
                            .replace("RECIPIENT", NewIdentity.generate(Instant.now()).recipient()));
            loadDatabases();
            sync(folder, "file:" + folder.resolve("copies"));
            sync(folder, "sftp:warm-up@127.0.0.1:1/copies?password=none&knownHostsFile="
                    + Files.createFile(folder.resolve("hosts")));
            return Onedump.commandLine().execute("dump", "--config", routes.toString(), "--properties",
                    properties.toString(),
                    "--job", "warm-up", "--job", "warm-up-dump");
        } finally {
            FileUtil.removeDir(folder.toFile());
        }
    }
}
