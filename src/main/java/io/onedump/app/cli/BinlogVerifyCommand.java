package io.onedump.app.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;

import io.onedump.app.run.BinlogJob;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.verify.ArchiveVerifier;
import io.onedump.binlog.verify.Verification;
import io.onedump.job.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump binlog verify}: reads the whole archive and checks it. */
@Command(name = "verify", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Read the whole archive from its storage and check every object, every event and every link"
                + " between files.",
        footer = "Exit codes: 0 all is well, 1 configuration or arguments, 2 something is broken or missing.")
final class BinlogVerifyCommand implements Callable<Integer> {

    @Mixin
    private BinlogOptions job;

    @Option(names = "--timeline", paramLabel = "<n>", description = "Default: the newest.")
    private int timeline;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        return job.run(spec, (endpoint, store) -> {
            Archive archive = new Archive(store);
            int chosen = BinlogJob.timeline(archive, timeline);
            Verification verification = new ArchiveVerifier(archive).verify(chosen);
            PrintWriter out = spec.commandLine().getOut();
            verification.findings().forEach(out::println);
            out.println(
                    "timeline " + chosen + ": " + verification.files() + " files, " + verification.bytes() + " bytes, "
                            + verification.events() + " events, " + verification.findings().size() + " problems");
            return verification.ok() ? ExitCode.SUCCESS : ExitCode.PRODUCER;
        });
    }
}
