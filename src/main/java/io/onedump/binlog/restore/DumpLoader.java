package io.onedump.binlog.restore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.database.mysql.MySqlSettings;

/** Has the client execute a dump, which is decompressed as it flows. */
final class DumpLoader {

    private DumpLoader() {
    }

    /** @param folder for the options file and the client's messages */
    static void load(Dump dump, MySqlSettings target, String clientProgram, Path folder)
            throws IOException, InterruptedException {
        BinlogTool client = BinlogTool.findAny(clientProgram, List.of("mysql", "mariadb"));
        Path errors = folder.resolve("load.err");
        try (ClientOptions options = ClientOptions.write(folder, target, client.flavour())) {
            Process process = new ProcessBuilder(client.program().toString(), options.argument(), "--binary-mode",
                    "--max-allowed-packet=1G").redirectError(errors.toFile()).start();
            try {
                IOException broken = feed(dump, process);
                int code = process.waitFor();
                if (code != 0) {
                    throw new RestoreException("the dump " + dump.artifact().name() + " was not loaded: the client"
                            + " ended with"
                            + " code " + code + ": " + Files.readString(errors, StandardCharsets.UTF_8).strip());
                }
                if (broken != null) {
                    throw new RestoreException("the dump " + dump.artifact().name() + " was not loaded whole: "
                            + broken.getMessage(), broken);
                }
            } finally {
                process.destroyForcibly();
            }
        } finally {
            Files.deleteIfExists(errors);
        }
    }

    /** @return why not everything was fed, or null */
    private static IOException feed(Dump dump, Process client) {
        try (InputStream sql = dump.open(); OutputStream to = client.getOutputStream()) {
            sql.transferTo(to);
            return null;
        } catch (IOException e) {
            client.destroyForcibly();
            return e;
        }
    }
}
