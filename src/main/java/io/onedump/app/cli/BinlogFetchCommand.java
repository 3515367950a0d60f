package io.onedump.app.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Callable;

import io.onedump.app.run.BinlogJob;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FetchedArchive;
import io.onedump.job.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code onedump binlog fetch}: brings archived files back as files. */
@Command(name = "fetch", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "Bring archived binlog files back, under the server's names and byte for byte, for other tools to"
                + " read.",
        footer = "Exit codes: 0 done, 1 configuration or arguments, 2 refused or failed, 3 the storage failed.")
final class BinlogFetchCommand implements Callable<Integer> {

    @Mixin
    private BinlogOptions job;

    @Option(names = "--into", paramLabel = "<folder>", required = true, description = "Where to put them. Nothing there"
            + " is overwritten.")
    private Path into;

    @Parameters(paramLabel = "<file>", arity = "0..*", description = "Names, such as binlog.000042. Default: all of the"
            + " timeline.")
    private Set<String> files = Set.of();

    @Option(names = "--since", paramLabel = "<time>", converter = MomentConverter.class,
            description = "Only files that hold this moment or younger ones.")
    private Instant since;

    @Option(names = "--until", paramLabel = "<time>", converter = MomentConverter.class,
            description = "Only files that begin before this moment.")
    private Instant until;

    @Option(names = "--timeline", paramLabel = "<n>", description = "Default: the newest.")
    private int timeline;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        FetchedArchive fetch = Failures.argument(spec, () -> new FetchedArchive(files, since, until));
        return job.run(spec, (endpoint, store) -> {
            Archive archive = new Archive(store);
            PrintWriter out = spec.commandLine().getOut();
            int count = fetch.run(archive, BinlogJob.timeline(archive, timeline), into,
                    file -> out.println(into.resolve(file.file().toString()) + "  " + file.size() + " bytes"
                            + (file.closed() ? "" : ", as far as it is archived")));
            out.println(count + " files");
            return ExitCode.SUCCESS;
        });
    }
}
