package io.onedump.cli;

import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code onedump serve}: runs every schedule until the process is told to end. */
@Command(name = "serve", mixinStandardHelpOptions = true, versionProvider = Version.class,
         description = "Run every job on its schedule until SIGTERM, which lets running jobs finish for"
                 + " camel.main.shutdownTimeout seconds and then stops them cleanly.")
final class ServeCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config;

    @Override
    public Integer call() throws Exception {
        Logs.configure(config.isVerbose(), "info");
        Application application = Application.scheduled(config);
        application.read();
        application.run();
        return application.getExitCode();
    }
}
