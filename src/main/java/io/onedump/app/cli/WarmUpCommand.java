package io.onedump.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import org.apache.camel.util.FileUtil;
import picocli.CommandLine.Command;

/**
 * {@code onedump warm-up}: runs a small job and small syncs of its own, so that the launcher can record which classes a
 * run loads. It touches nothing outside of temporary folders.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

    /** What can be run is run; databases and remote storages are looked for where nobody listens. */
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
                        uri: exec:uname
                        parameters:
                          commandExecutor: "#artifact"
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
                                uriEndpointOverride: "http://127.0.0.1:1"
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

    private static void sync(Path folder, String storage) {
        Onedump.commandLine().execute("sync", "--source", folder.resolve("warm-up.camel.yaml").toString(), "--to",
                storage,
                "--state", folder.resolve("sync.db").toString(), "--max-attempts", "1");
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("onedump-warm-up");
        Path routes =
                Files.writeString(folder.resolve("warm-up.camel.yaml"), ROUTES.replace("FOLDER", folder.toString()));
        Path properties = Files.writeString(folder.resolve("application.properties"),
                "onedump.work-directory=" + folder.resolve("work") + "\n");
        try {
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
