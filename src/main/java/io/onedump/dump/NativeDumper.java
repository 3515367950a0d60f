package io.onedump.dump;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.artifact.ProducedSource;
import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;
import io.onedump.database.NamedFiles;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.mysql.NativeDump;

/** Connections of our own to MySQL and MariaDB. */
final class NativeDumper implements Dumper {

    @Override
    public void check(DumpRequest request, boolean tunnelled) {
        if (request.executable() != null || !request.options().isEmpty()) {
            throw new IllegalArgumentException("option " + (request.executable() != null ? "executable" : "options")
                    + ": it is for a tool, and " + request.kind() + " needs none: leave it out");
        }
        MySqlSettings settings;
        try {
            settings = request.mySql();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option dsn: " + e.getMessage(), e);
        }
        if (tunnelled && settings.socket() != null) {
            throw new IllegalArgumentException("option dsn: a tunnel ends at a host and port, not at a Unix socket");
        }
        if (tunnelled && settings.tls().verifiesHost()) {
            throw new IllegalArgumentException(
                    "option dsn: through a tunnel the host's name cannot be compared with"
                            + " the certificate: use ssl-mode=VERIFY_CA with ssl-ca");
        }
    }

    @Override
    public Source start(Threads threads, DumpRequest request, Scratch scratch, Consumer<String> tell) {
        MySqlSettings settings = request.mySql().withReadTimeout(request.stallTimeout());
        DumpRequest.OfOurOwn own = request.ofOurOwn();
        NativeDump dump = new NativeDump(threads, settings, own.selection(), own.parallel(), own.level(), tool(),
                what -> tell.accept(request.subject() + ": " + what));
        return ProducedSource.start(threads, request.subject(),
                new OwnDump(threads, request, scratch, dump, e -> told(request, settings, dump, e)));
    }

    @Override
    public List<Lack> lacks(DumpRequest request) {
        return NamedFiles.lacks("dsn", request.mySql());
    }

    @Override
    public String extension(DumpRequest request) {
        return ".sql";
    }

    static String tool() {
        String version = NativeDumper.class.getPackage().getImplementationVersion();
        return version == null ? "onedump" : "onedump " + version;
    }

    private static DumpException told(DumpRequest request, MySqlSettings settings, NativeDump dump, IOException e) {
        if (dump.attributes().isEmpty() || e instanceof MySqlException) {
            return MySqlServerProbe.failure(request, settings, e);
        }
        return new DumpConnectException(request.subject() + ": " + e.getMessage(), e);
    }
}
