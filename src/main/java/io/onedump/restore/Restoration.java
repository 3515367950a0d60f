package io.onedump.restore;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.Compression;
import io.onedump.artifact.Threads;
import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.PostgresSettings;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.database.mysql.TlsMode;
import io.onedump.database.postgres.PgSettings;
import io.onedump.dump.format.DumpFile;
import io.onedump.restore.choice.Restore;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.restore.choice.RestoreResult;
import io.onedump.restore.mysql.Cascades;
import io.onedump.restore.mysql.NativeRestore;
import io.onedump.restore.postgres.PostgresRestore;
import io.onedump.restore.tool.ToolDump;
import io.onedump.restore.tool.ToolRestore;
import io.onedump.storage.StorageException;

/**
 * Brings any dump of ours back, in the way that its first and last bytes ask for.
 *
 * @param target   the server, with a database for a dump that makes none
 * @param tls      of a MySQL or MariaDB server, null for what the DSN says
 * @param parallel so many connections load a native dump
 * @param verify   whether what came of a native dump is read back and compared
 * @param client   the program that loads another tool's dump, null to look for it
 * @param work     this process's own folder for what is needed meanwhile
 */
public record Restoration(Threads threads, Dsn target, TlsMode tls, RestoreChoice choice, int parallel, boolean verify,
        String client, Path work, RestoreListener listener) {

    private static final int HEAD = 64 * 1024;

    /**
     * What would be done, for people; changes nothing.
     *
     * @throws RestoreException when it could not be done
     */
    public List<String> plan(StoredDump dump) throws IOException {
        return way(dump).plan();
    }

    /**
     * Compares a target with a native dump; changes nothing.
     *
     * @throws RestoreException also for a dump that says nothing of its rows
     */
    public RestoreResult compare(StoredDump dump) throws IOException {
        return way(dump).compare();
    }

    /** @throws RestoreException when it cannot be done, in which case the target is as it was, or when it broke off */
    public RestoreResult run(StoredDump dump) throws IOException {
        return way(dump).run(verify);
    }

    /**
     * Tables of the choice whose rows change together with rows of others, by references that cascade; of a native dump
     * of MySQL or MariaDB.
     */
    public List<String> cascades(StoredDump dump) throws IOException {
        return Cascades.outOf(DumpFile.open(dump.bytes()), choice);
    }

    private Restore way(StoredDump dump) throws IOException {
        DumpFile file;
        try {
            file = DumpFile.open(dump.bytes());
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            return byTool(dump, toolRestore(dump, e));
        }
        return file.index().origin().family().equals("postgres") ? postgres(file) : mySql(file);
    }

    private Restore mySql(DumpFile file) throws IOException {
        MySqlSettings settings;
        try {
            settings = MySqlDsn.settings(target, tls, null, TlsMode.PREFERRED);
        } catch (IllegalArgumentException e) {
            throw otherFamily(file, e);
        }
        return new NativeRestore(threads, file, choice, settings, target.database(), parallel, listener);
    }

    private Restore postgres(DumpFile file) throws IOException {
        if (target.family() != Dsn.Family.POSTGRES) {
            throw otherFamily(file, new IllegalArgumentException("it names a server of another family: native dumps go"
                    + " back to their own family only"));
        }
        PgSettings settings;
        try {
            settings = PostgresSettings.of(tls == null ? target : PostgresSettings.withTls(target, tls), null, null);
        } catch (IllegalArgumentException e) {
            throw new RestoreException("the target's DSN: " + e.getMessage(), e);
        }
        return new PostgresRestore(threads, file, choice, settings, parallel, listener);
    }

    private static RestoreException otherFamily(DumpFile file, IllegalArgumentException e) {
        return new RestoreException("the dump is of " + file.index().origin().family() + ", the target's DSN: "
                + e.getMessage(), e);
    }

    private Restore byTool(StoredDump dump, ToolRestore restore) {
        return new Restore() {
            @Override
            public List<String> plan() throws IOException {
                return restore.plan();
            }

            @Override
            public RestoreResult compare() throws IOException {
                throw new RestoreException(dump.name() + " is a tool's dump, which does not say what its rows are: only"
                        + " native dumps can be compared");
            }

            @Override
            public RestoreResult run(boolean verify) throws IOException {
                return restore.run(dump.file(work));
            }
        };
    }

    /** @param failure why it is no native dump */
    private ToolRestore toolRestore(StoredDump dump, IOException failure) throws IOException {
        byte[] head = head(dump);
        Optional<ToolDump> kind = ToolDump.of(head);
        if (kind.isPresent()) {
            return new ToolRestore(dump.name(), kind.get(), choice, target, tls, client, work);
        }
        // What begins as one and does not end as one is no dump at all.
        if (DumpFile.isHead(head)) {
            throw new RestoreException(dump.name() + ": " + failure.getMessage(), failure);
        }
        throw new RestoreException(dump.name() + " is no dump that is known here: neither a native one nor one of"
                + " mysqldump, mariadb-dump, pg_dump or pg_dumpall; or it is cut off");
    }

    /** The first bytes of what was compressed; none when they cannot be decompressed. */
    private static byte[] head(StoredDump dump) throws IOException {
        long size = dump.bytes().size();
        try (InputStream stored = new BufferedInputStream(dump.bytes().open(0, Math.min(size, HEAD)))) {
            InputStream plain = Compression.ofContent(stored).decompress(stored);
            byte[] head = new byte[ToolDump.HEAD];
            int filled = 0;
            for (int read = 0; read >= 0 && filled < head.length; filled += Math.max(0, read)) {
                read = plain.read(head, filled, head.length - filled);
            }
            return Arrays.copyOf(head, filled);
        } catch (StorageException e) {
            throw e;
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
