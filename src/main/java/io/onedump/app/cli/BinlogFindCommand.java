package io.onedump.app.cli;

import java.time.Instant;
import java.util.concurrent.Callable;

import io.onedump.app.run.BinlogJob;
import io.onedump.app.run.Terminal;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.find.BinlogFinder;
import io.onedump.binlog.find.Search;
import io.onedump.job.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump binlog find}: lists transactions. */
@Command(name = "find", mixinStandardHelpOptions = true, versionProvider = Version.class,
        description = "List the archive's transactions: time, position, GTID, size, tables with what was done to their"
                + " rows, first statement. Each line can be given to a restore as its end.")
final class BinlogFindCommand implements Callable<Integer> {

    @Mixin
    private BinlogOptions job;

    @Option(names = "--since", paramLabel = "<time>", converter = MomentConverter.class, description = "From this"
            + " moment on, such as 2026-11-23T07:00:00Z or, a time ago, 24h.")
    private Instant since;

    @Option(names = "--until", paramLabel = "<time>", converter = MomentConverter.class, description = "Before this"
            + " moment.")
    private Instant until;

    @Option(names = "--table", paramLabel = "<db.table>",
            description = "Only what touches this table, also a DROP DATABASE.")
    private String table;

    @Option(names = "--ddl", description = "Only changes of definitions and accounts, such as DROP TABLE.")
    private boolean ddl;

    @Option(names = "--timeline", paramLabel = "<n>", description = "Default: the newest.")
    private int timeline;

    @Option(names = "--json", description = "Print each transaction as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Search search = Failures.argument(spec, () -> new Search(since, until, table, ddl));
        return job.run(spec, (endpoint, store) -> {
            Archive archive = new Archive(store);
            new BinlogFinder(archive).find(BinlogJob.timeline(archive, timeline), search,
                    found -> spec.commandLine().getOut().println(json
                            ? found.json()
                            : Terminal.folded(found.toString())));
            return ExitCode.SUCCESS;
        });
    }
}
