package io.onedump.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;

/**
 * {@code onedump warm-up}: runs a small job of its own, so that the launcher can record which classes a run loads. It
 * touches nothing outside of temporary folders.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

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
                    - setBody:
                        constant: warm-up
                    - setHeader:
                        name: CamelFileName
                        constant: warm-up.txt
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
            """;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("onedump-warm-up");
        Path routes = Files.writeString(folder.resolve("warm-up.camel.yaml"), ROUTES.replace("FOLDER", folder.toString()));
        Path properties = Files.writeString(folder.resolve("application.properties"),
                "onedump.work-directory=" + folder.resolve("work") + "\n");
        try {
            return Onedump.commandLine().execute("dump", "--config", routes.toString(), "--properties", properties.toString(),
                    "--job", "warm-up");
        } finally {
            org.apache.camel.util.FileUtil.removeDir(folder.toFile());
        }
    }
}
