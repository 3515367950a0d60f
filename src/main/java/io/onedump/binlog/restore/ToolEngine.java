package io.onedump.binlog.restore;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.onedump.database.mysql.Flavour;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSession;
import io.onedump.database.mysql.MySqlSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pipes the family's own tool into its client: what every administrator would do by hand, with the traps avoided. */
final class ToolEngine implements RestoreEngine {

    private static final Logger LOG = LoggerFactory.getLogger(ToolEngine.class);
    private static final int BUFFER = 1 << 16;
    private static final int MESSAGE = 2000;
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

    private BinlogTool tool(RestorePlan plan) throws IOException {
        List<String> names = plan.flavour() == Flavour.MARIADB
                ? List.of("mariadb-binlog", "mysqlbinlog")
                : List.of("mysqlbinlog");
        return BinlogTool.find(binlogProgram, names, plan.flavour());
    }

    private BinlogTool client(RestorePlan plan) throws IOException {
        return BinlogTool.findAny(clientProgram, plan.flavour() == Flavour.MARIADB
                ? List.of("mariadb", "mysql")
                : List.of("mysql", "mariadb"));
    }

    @Override
    public void apply(RestorePlan plan, List<Path> files, MySqlSettings target)
            throws IOException, InterruptedException {
        BinlogTool client = client(plan);
        Path folder = files.get(0).getParent();
        try (ClientOptions options = ClientOptions.write(folder, target, client.flavour());
                Settings settings = Settings.prepare(target)) {
            Process decoder = start(decoderCommand(plan, files), folder.resolve("binlog.err"));
            Process applier = null;
            try {
                applier = start(List.of(client.program().toString(), options.argument(), "--binary-mode",
                        "--max-allowed-packet=1G"), folder.resolve("client.err"));
                AtLines output = new AtLines(applier.getOutputStream());
                boolean taken = pump(decoder.getInputStream(), output);
                judge(plan, output.newest(), taken, decoder, applier, folder);
            } finally {
                decoder.destroyForcibly();
                if (applier != null) {
                    applier.destroyForcibly();
                }
                Files.deleteIfExists(folder.resolve("binlog.err"));
                Files.deleteIfExists(folder.resolve("client.err"));
            }
        }
    }

    /** All files in one call, so that temporary tables and variables live as long as they did. */
    private List<String> decoderCommand(RestorePlan plan, List<Path> files) throws IOException {
        List<String> command = new ArrayList<>(List.of(tool(plan).program().toString(), "--no-defaults",
                "--verify-binlog-checksum", "--start-position=" + Math.max(4, plan.start().offset()),
                "--stop-position=" + plan.stop().offset()));
        if (plan.flavour() == Flavour.MYSQL) {
            // A server that has seen these GTIDs would skip the transactions without a word.
            command.add("--skip-gtids");
        }
        files.forEach(file -> command.add(file.toString()));
        return command;
    }

    private static Process start(List<String> command, Path errors) throws IOException {
        LOG.debug("starting {}", command);
        return new ProcessBuilder(command).redirectError(errors.toFile())
                .redirectInput(command.get(1).startsWith("--defaults-file")
                        ? ProcessBuilder.Redirect.PIPE
                        : ProcessBuilder.Redirect.from(new File("/dev/null")))
                .start();
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

    private static void judge(RestorePlan plan, long reached, boolean taken, Process decoder, Process applier,
            Path folder)
            throws IOException, InterruptedException {
        int client = applier.waitFor();
        if (!taken) {
            decoder.destroyForcibly();
        }
        int tool = decoder.waitFor();
        if (client != 0 || !taken) {
            throw new RestoreException("the restore stopped: the client ended with code " + client + " near "
                    + plan.stop().file() + ":" + reached + ": " + text(folder.resolve("client.err")));
        }
        if (tool != 0) {
            throw new RestoreException("the restore stopped: the binlog tool ended with code " + tool + ": "
                    + text(folder.resolve("binlog.err")));
        }
        if (reached != plan.tail()) {
            throw new RestoreException("the restore did not come to its end: the last event decoded is at " + reached
                    + ", the plan's last one at " + plan.tail() + "; " + text(folder.resolve("binlog.err")));
        }
    }

    private static String text(Path errors) throws IOException {
        String text = Files.readString(errors, StandardCharsets.UTF_8).strip();
        return text.length() > MESSAGE ? text.substring(text.length() - MESSAGE) : text;
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
