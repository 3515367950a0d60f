package io.onedump.binlog.restore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import io.onedump.artifact.process.Command;
import io.onedump.artifact.process.ProcessSink;
import io.onedump.artifact.process.ProcessSource;
import io.onedump.database.client.ClientProgram;
import io.onedump.database.client.ClientPrograms;
import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.tool.MySqlClient;
import io.onedump.restore.tool.ScriptClient;
import org.slf4j.Logger;

/** Pipes the family's own tool into its client: what every administrator would do by hand, with the traps avoided. */
final class ToolEngine implements RestoreEngine {

    private static final Logger LOG = CleanLog.of(ToolEngine.class);
    private static final int BUFFER = 1 << 16;
    private static final String LARGEST_PACKET = "1073741824";

    private final String binlogProgram;
    private final String clientProgram;

    /** Both null for what is on the PATH. */
    ToolEngine(String binlogProgram, String clientProgram) {
        this.binlogProgram = binlogProgram;
        this.clientProgram = clientProgram;
    }

    @Override
    public void check(RestorePlan plan, MySqlSettings target, List<TargetChange> left) throws IOException {
        if (!plan.skipped().isEmpty()) {
            throw new RestoreException("leaving transactions out takes the engine 'replica'");
        }
        tool(plan);
        client(plan);
        if (plan.demands().between() && plan.flavour() == Flavour.MYSQL) {
            try (MySqlSession session = MySqlSession.connect(target)) {
                if (GlobalSetting.value(session, "xa_detach_on_prepare").filter("ON"::equals).isEmpty()) {
                    throw new RestoreException("a distributed transaction is prepared and something else follows"
                            + " before it is settled, which one session of the target cannot do (xa_detach_on_prepare,"
                            + " from MySQL 8.0.29 on): restore with the engine 'replica'");
                }
            }
        }
    }

    /** Refuses what cannot be text. */
    void checkText(RestorePlan plan) throws RestoreException {
        if (!plan.skipped().isEmpty()) {
            throw new RestoreException("leaving transactions out takes the engine 'replica', which runs no SQL");
        }
        if (plan.demands().loads()) {
            throw new RestoreException("LOAD DATA in statement format reads files, which are gone when the text is run:"
                    + " restore without --sql");
        }
        tool(plan);
    }

    /** Writes the statements of a plan, and proves that all are there. */
    void write(RestorePlan plan, List<Path> files, OutputStream out) throws IOException {
        Command decode = Command.of("the SQL is not whole", decoderCommand(plan, files), ScriptClient.FAILURES);
        try (ProcessSource decoder = ProcessSource.start(Threads.daemons(), decode, null)) {
            AtLines text = new AtLines(out);
            byte[] buffer = new byte[BUFFER];
            for (int read = decoder.stream().read(buffer); read >= 0; read = decoder.stream().read(buffer)) {
                text.write(buffer, 0, read);
            }
            decoder.complete();
            requireTail(plan, text.newest());
        }
    }

    private ClientProgram tool(RestorePlan plan) throws RestoreException {
        List<String> names = plan.flavour() == Flavour.MARIADB
                ? List.of("mariadb-binlog", "mysqlbinlog")
                : List.of("mysqlbinlog");
        try {
            return ClientPrograms.find(binlogProgram, names, plan.flavour());
        } catch (IOException e) {
            throw new RestoreException("these files need the tool of the family that wrote them: " + e.getMessage()
                    + ", or restore with the engine 'replica', which needs no tools", e);
        }
    }

    private ClientProgram client(RestorePlan plan) throws RestoreException {
        return MySqlClient.find(clientProgram, plan.flavour() == Flavour.MARIADB
                ? List.of("mariadb", "mysql")
                : List.of("mysql", "mariadb"));
    }

    @Override
    public void apply(RestorePlan plan, List<Path> files, MySqlSettings target, TargetJournal journal)
            throws IOException, InterruptedException {
        prepare(plan, target, journal);
        Command decode = Command.of("the restore stopped", decoderCommand(plan, files), ScriptClient.FAILURES);
        try (MySqlClient client = MySqlClient.logIn(client(plan), target, files.get(0).getParent(), null);
                ProcessSource decoder = ProcessSource.start(Threads.daemons(), decode, null);
                ProcessSink applier = client.start("the restore stopped",
                        plan.demands().loads() ? List.of("--local-infile=1") : List.of())) {
            AtLines output = new AtLines(applier.input());
            boolean taken = pump(decoder.stream(), output);
            judge(plan, output.newest(), taken, decoder, applier);
        }
    }

    /** All files in one call, so that temporary tables and variables live as long as they did. */
    private List<String> decoderCommand(RestorePlan plan, List<Path> files) throws IOException {
        List<String> command = new ArrayList<>(List.of(tool(plan).executable(), "--no-defaults",
                "--verify-binlog-checksum", "--start-position=" + Math.max(4, plan.start().offset()),
                "--stop-position=" + plan.stop().offset(),
                // What LOAD DATA has loaded comes as files.
                "--local-load=" + files.get(0).getParent()));
        if (plan.flavour() == Flavour.MYSQL) {
            // A server that has seen these GTIDs would skip the transactions without a word.
            command.add("--skip-gtids");
        }
        files.forEach(file -> command.add(file.toString()));
        return command;
    }

    /** @return false when the client hung up */
    private static boolean pump(InputStream from, AtLines to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        try (to) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                try {
                    to.write(buffer, 0, read);
                } catch (IOException e) {
                    LOG.debug("the client ended early: {}", e.toString());
                    return false;
                }
            }
        } catch (IOException e) {
            LOG.debug("the pipe to the client broke: {}", e.toString());
            return false;
        }
        return true;
    }

    private static void judge(RestorePlan plan, long reached, boolean taken, ProcessSource decoder,
            ProcessSink applier) throws IOException {
        try {
            applier.complete();
        } catch (RestoreException e) {
            throw new RestoreException(e.getMessage() + ", near " + plan.stop().file() + ":" + reached, e);
        }
        if (!taken) {
            throw new RestoreException("the restore stopped: the client hung up near " + plan.stop().file() + ":"
                    + reached);
        }
        decoder.complete();
        requireTail(plan, reached);
    }

    private static void requireTail(RestorePlan plan, long reached) throws RestoreException {
        if (reached != plan.tail()) {
            throw new RestoreException("the restore did not come to its end: the last event decoded is at " + reached
                    + ", the plan's last one at " + plan.tail());
        }
    }

    /** What the target needs while statements of any size and old GTIDs come in. */
    private static void prepare(RestorePlan plan, MySqlSettings target, TargetJournal journal) throws IOException {
        try (MySqlSession session = MySqlSession.connect(target)) {
            if (plan.demands().loads() && GlobalSetting.value(session, "local_infile").filter("OFF"::equals)
                    .isPresent()) {
                journal.set("local_infile", "ON");
            }
            if (GlobalSetting.value(session, "gtid_strict_mode").filter("ON"::equals).isPresent()) {
                journal.set("gtid_strict_mode", "OFF");
            }
        }
        try {
            journal.set("max_allowed_packet", LARGEST_PACKET);
        } catch (MySqlException e) {
            LOG.warn("max_allowed_packet of the target stays as it is, large transactions may fail:"
                    + " {}", e.getMessage());
        }
    }
}
