package io.onedump.binlog.restore;

import java.io.IOException;
import java.io.InputStream;
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
    public void check(RestorePlan plan, MySqlSettings target) throws IOException {
        if (!plan.skipped().isEmpty()) {
            throw new RestoreException("leaving transactions out takes the engine 'replica'");
        }
        tool(plan);
        client(plan);
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
    public void apply(RestorePlan plan, List<Path> files, MySqlSettings target)
            throws IOException, InterruptedException {
        Command decode = Command.of("the restore stopped", decoderCommand(plan, files), ScriptClient.FAILURES);
        try (MySqlClient client = MySqlClient.logIn(client(plan), target, files.get(0).getParent(), null);
                Settings settings = Settings.prepare(target);
                ProcessSource decoder = ProcessSource.start(Threads.daemons(), decode, null);
                ProcessSink applier = client.start("the restore stopped")) {
            AtLines output = new AtLines(applier.input());
            boolean taken = pump(decoder.stream(), output);
            judge(plan, output.newest(), taken, decoder, applier);
        }
    }

    /** All files in one call, so that temporary tables and variables live as long as they did. */
    private List<String> decoderCommand(RestorePlan plan, List<Path> files) throws IOException {
        List<String> command = new ArrayList<>(List.of(tool(plan).executable(), "--no-defaults",
                "--verify-binlog-checksum", "--start-position=" + Math.max(4, plan.start().offset()),
                "--stop-position=" + plan.stop().offset()));
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
        if (reached != plan.tail()) {
            throw new RestoreException("the restore did not come to its end: the last event decoded is at " + reached
                    + ", the plan's last one at " + plan.tail());
        }
    }

    /** What the target needs while statements of any size and old GTIDs come in. */
    private record Settings(List<GlobalSetting> changed) implements AutoCloseable {

        static Settings prepare(MySqlSettings target) throws IOException {
            List<GlobalSetting> changed = new ArrayList<>();
            boolean strict;
            try (MySqlSession session = MySqlSession.connect(target)) {
                strict = GlobalSetting.value(session, "gtid_strict_mode").filter("ON"::equals).isPresent();
            }
            if (strict) {
                changed.add(GlobalSetting.set(target, "gtid_strict_mode", "OFF"));
            }
            try {
                changed.add(GlobalSetting.set(target, "max_allowed_packet", LARGEST_PACKET));
            } catch (MySqlException e) {
                LOG.warn("max_allowed_packet of the target stays as it is, large transactions may fail:"
                        + " {}", e.getMessage());
            }
            return new Settings(changed);
        }

        @Override
        public void close() throws IOException {
            for (GlobalSetting setting : changed) {
                setting.close();
            }
        }
    }
}
