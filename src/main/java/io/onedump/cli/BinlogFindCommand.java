package io.onedump.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;

import io.onedump.binlog.BinlogException;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.find.BinlogFinder;
import io.onedump.binlog.find.Search;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onedump binlog find}: lists transactions. */
@Command(name = "find", mixinStandardHelpOptions = true, versionProvider = Version.class,
         description = "List the archive's transactions: time, position, GTID, size, tables, first statement.")
final class BinlogFindCommand implements Callable<Integer> {

    @Mixin
    private BinlogJob job;

    @Option(names = "--since", paramLabel = "<time>", converter = MomentConverter.class, description = "From this moment on.")
    private Instant since;

    @Option(names = "--until", paramLabel = "<time>", converter = MomentConverter.class, description = "Before this moment.")
    private Instant until;

    @Option(names = "--table", paramLabel = "<db.table>", description = "Only what touches this table.")
    private String table;

    @Option(names = "--ddl", description = "Only changes of definitions and accounts, such as DROP TABLE.")
    private boolean ddl;

    @Option(names = "--timeline", paramLabel = "<n>", description = "Default: the newest.")
    private int timeline;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Search search = new Search(since, until, table, ddl);
        try (Application application = job.open();
                StorageArchiveStore store = job.endpoint(application).openStore()) {
            Archive archive = new Archive(store);
            int chosen = timeline > 0 ? timeline
                    : archive.newestTimeline().orElseThrow(() -> new BinlogException("the archive is empty"));
            PrintWriter out = spec.commandLine().getOut();
            new BinlogFinder(archive).find(chosen, search, out::println);
            out.flush();
            return 0;
        }
    }
}
