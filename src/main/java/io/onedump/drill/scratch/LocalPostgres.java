package io.onedump.drill.scratch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.onedump.artifact.Threads;
import io.onedump.artifact.process.ProgramPath;
import io.onedump.artifact.process.ShortOutput;
import io.onedump.database.Dsn;
import io.onedump.database.ProductVersion;
import io.onedump.database.postgres.PgSession;

/** A PostgreSQL server of the machine's own programs, reached by a socket in its folder only. */
final class LocalPostgres {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String ADMINISTRATOR = "onedump_drill";
    /** PostgreSQL does not run as root, and the user that it then runs as may not enter root's folders. */
    private static final Path FOR_OTHERS = Path.of("/var/tmp");

    private LocalPostgres() {
    }

    static Scratch start(Threads threads, String named, ScratchChoice.Origin origin, Path work) throws IOException {
        Path program = program(named, origin);
        boolean root = LocalServer.isRoot();
        Path folder = Files.createTempDirectory(root ? FOR_OTHERS : work, "onedump-s");
        LocalServer server = new LocalServer(threads, folder);
        try {
            List<String> as = root ? asPostgres(folder) : List.of();
            Path data = folder.resolve("data");
            server.run(words(as, program.resolveSibling("initdb").toString(), "-D", data.toString(), "-U",
                    ADMINISTRATOR, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"));
            Dsn dsn = new Dsn(Dsn.Family.POSTGRES, "localhost", 5432, folder.toString(), ADMINISTRATOR, null,
                    "postgres", Map.of());
            server.serve(words(as, program.toString(), "-D", data.toString(), "-k", folder.toString(), "-c",
                    "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
                    "max_locks_per_transaction=1024", "-c", "maintenance_work_mem=256MB"),
                    () -> PgSession.connect(GivenPostgres.settings(dsn)).close());
            return GivenPostgres.prepare(dsn, true, server);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static List<String> words(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all;
    }

    private static List<String> asPostgres(Path folder) throws IOException {
        try {
            UserPrincipal postgres = folder.getFileSystem().getUserPrincipalLookupService()
                    .lookupPrincipalByName("postgres");
            Files.setOwner(folder, postgres);
        } catch (UserPrincipalNotFoundException e) {
            throw new ScratchException("scratch: PostgreSQL does not run as root, and there is no user postgres: run"
                    + " the drill as another user, or name a scratch server by its DSN", e);
        }
        return List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups");
    }

    /** The newest of the dump's major version, or else the newest. */
    private static Path program(String named, ScratchChoice.Origin origin) throws IOException {
        List<Path> folders = new ArrayList<>();
        if (Files.isDirectory(DEBIAN)) {
            try (Stream<Path> versions = Files.list(DEBIAN)) {
                versions.map(version -> version.resolve("bin")).forEach(folders::add);
            }
        }
        int wanted = ProductVersion.find(origin.version()).map(ProductVersion::major).orElse(0);
        Path best = null;
        int bestMajor = 0;
        for (String each : ProgramPath.all(List.of(named == null ? "postgres" : named), folders)) {
            int major = major(each);
            if (best == null || bestMajor != wanted && (major == wanted || major > bestMajor)) {
                best = Path.of(each).toRealPath();
                bestMajor = major;
            }
        }
        return Optional.ofNullable(best).orElseThrow(() -> new ScratchException("scratch: this machine has no server"
                + " of PostgreSQL" + (named == null ? "" : " at " + named) + ": install one, name its program, or name"
                + " a scratch server by its DSN"));
    }

    private static int major(String program) throws IOException {
        String said = ShortOutput.of(List.of(program, "--version"));
        String number = said.replaceFirst("(?s)^\\D*(\\d+).*$", "$1");
        return number.matches("\\d{1,4}") ? Integer.parseInt(number) : 0;
    }
}
