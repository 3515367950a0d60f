package io.onedump.sync.sftp;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import io.onedump.artifact.BackgroundTask;
import io.onedump.artifact.Backoff;
import io.onedump.artifact.CleanLog;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.AbandonedFiles;
import io.onedump.ssh.sftp.RemoteShell;
import io.onedump.storage.ObjectPath;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;
import io.onedump.storage.TemporaryName;
import io.onedump.storage.TransientStorageException;
import io.onedump.sync.Destination;
import io.onedump.sync.PathHashes;
import io.onedump.sync.SyncThreads;
import io.onedump.sync.Transfers;
import io.onedump.sync.sftp.SftpServer.Session;
import org.slf4j.Logger;

/**
 * A folder of an SFTP server: small files many at a time on each connection, large ones by all connections together and
 * resumed where they broke, whether the connection or the process ended.
 */
public final class SftpDestination implements Destination {

    /** More connections than this work deserves would only cost their log-in. */
    private static final int FILES_FOR_A_CONNECTION = 2000;
    private static final long BYTES_FOR_A_CONNECTION = 64L << 20;

    /**
     * At such a round trip one connection carries what there is room for, so that a single file gains nothing from
     * more.
     */
    private static final Duration NEAR = Duration.ofMillis(5);

    /** So many files are worth a log-in to find out whether the shell writes them to the disk all at once. */
    private static final int FILES_FOR_A_SHELL = 200;

    /** So many folders are made at a time. */
    private static final int FOLDERS = 5000;

    private static final Logger LOG = CleanLog.of(SftpDestination.class);

    private final SftpServer server;
    private final int concurrency;
    private final Backoff backoff;
    private Session session;
    private PathHashes folders;
    private List<StoredObject> temporaries = List.of();

    /**
     * @param owner        part of temporary names, so that nobody else writes to the same
     * @param root         relative to the folder of the log-in, unless it starts with a slash
     * @param makesFolders whether missing folders are made
     * @param proves       whether what was sent is compared by its SHA-256
     * @param concurrency  connections at most
     * @param attempts     to log in, at least 1; only what may pass is tried again
     */
    public SftpDestination(SshSettings settings, String owner, String root, boolean makesFolders, boolean proves,
            int concurrency, int attempts) {
        String folder = root.isEmpty() || root.endsWith("/") ? root : root + "/";
        this.server = new SftpServer(settings, owner, folder, makesFolders, proves);
        this.concurrency = concurrency;
        this.backoff = new Backoff(attempts, Backoff.DEFAULT.first(), Backoff.DEFAULT.longest());
    }

    @Override
    public String location() {
        return server.location("");
    }

    @Override
    public void list(Storage.Visitor visitor) throws IOException {
        ask("", () -> {
            FolderListing listing = new FolderListing(session(), visitor);
            folders = listing.run();
            temporaries = listing.temporaries();
            return null;
        });
    }

    @Override
    public Optional<StoredObject> stat(String path) throws IOException {
        return Optional.ofNullable(ask(path, () -> session().stat(path)));
    }

    /** By the server's shell; without one, reading everything back would cost as much as sending it. */
    @Override
    public Map<String, String> digests(Collection<StoredObject> files) throws IOException {
        Map<String, String> byPath = new HashMap<>();
        Map<String, String> byName =
                ask("", () -> session().shell().sha256(files.stream().map(file -> server.file(file.path())).toList(),
                        files.stream().mapToLong(StoredObject::size).sum()));
        for (StoredObject file : files) {
            String digest = byName.get(server.file(file.path()));
            if (digest != null) {
                byPath.put(file.path(), digest);
            }
        }
        return byPath;
    }

    @Override
    public void send(Transfers transfers) throws IOException {
        if (server.makesFolders()) {
            makeFolders(transfers);
        }
        removeAbandoned(transfers);
        int count = lanes(transfers, ask("", () -> session().roundTrip()));
        SendPlan plan = new SendPlan(transfers, count, syncsByShell(transfers));
        List<BackgroundTask> lanes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            lanes.add(transfers.threads().start("sync", new Lane(server, plan, i == 0 ? session : null)));
        }
        SyncThreads.join(lanes, location());
    }

    @Override
    public void delete(String path) throws IOException {
        ask(path, () -> {
            session().files().remove(server.file(path));
            return null;
        });
    }

    @Override
    public void close() {
        if (session != null) {
            session.close();
        }
    }

    /** Found out while the connections log in. */
    private CompletableFuture<Boolean> syncsByShell(Transfers transfers) {
        if (!server.proves() || transfers.waiting() < FILES_FOR_A_SHELL) {
            return CompletableFuture.completedFuture(false);
        }
        RemoteShell shell = session.shell();
        return transfers.threads().call("sync probe", () -> {
            try {
                return shell.syncs(server.file("."));
            } catch (IOException e) {
                LOG.debug("{}: {}", location(), e.getMessage());
                return false;
            }
        });
    }

    private int lanes(Transfers transfers, Duration roundTrip) {
        long byFiles = transfers.waiting() / FILES_FOR_A_CONNECTION;
        long byBytes = transfers.bytes() / BYTES_FOR_A_CONNECTION;
        if (roundTrip.compareTo(NEAR) < 0) {
            byBytes = Math.min(byBytes, transfers.waiting() - 1);
        }
        return (int) Math.min(concurrency, Math.max(byFiles, byBytes) + 1);
    }

    /** Temporary files that nobody goes on with, and nobody can still be at work on. */
    private void removeAbandoned(Transfers transfers) throws IOException {
        Map<String, Instant> candidates = new HashMap<>();
        for (StoredObject temporary : temporaries) {
            if (!TemporaryName.isBeingWritten(temporary.name())) {
                candidates.put(server.file(temporary.path()), temporary.modified());
            }
        }
        if (!candidates.isEmpty()) {
            transfers.eachWaiting(file -> candidates.remove(server.temporary(file)));
        }
        if (!candidates.isEmpty()) {
            String folder = ObjectPath.folder(candidates.keySet().iterator().next());
            try (TemporaryName.Claim probe = TemporaryName.claim("clock")) {
                ask("", () -> {
                    new AbandonedFiles(session().files()).remove(candidates,
                            file -> TemporaryName.isLeft(ObjectPath.name(file)), folder + probe.name());
                    return null;
                });
            }
        }
    }

    /** Where one could not be made, sending to it says why. */
    private void makeFolders(Transfers transfers) throws IOException {
        PathHashes known = folders == null ? new PathHashes() : folders;
        List<String> missing = new ArrayList<>();
        transfers.eachWaiting(file -> {
            String folder = ObjectPath.folder(file.path());
            if (known.add(folder)) {
                missing.add(server.file(folder));
            }
            if (missing.size() == FOLDERS) {
                makeFolders(missing);
            }
        });
        makeFolders(missing);
    }

    private void makeFolders(List<String> missing) throws IOException {
        List<String> batch = List.copyOf(missing);
        missing.clear();
        if (!batch.isEmpty()) {
            ask("", () -> session().files().makeFolders(batch));
        }
    }

    /** Makes the connection when it is first needed. */
    private Session session() throws IOException {
        if (session == null) {
            session = server.connect(backoff);
        }
        return session;
    }

    @FunctionalInterface
    private interface Request<T> {
        T send() throws IOException;
    }

    /** A connection that broke, perhaps because nothing was asked for long, is made again once. */
    private <T> T ask(String path, Request<T> request) throws IOException {
        boolean first = session == null;
        try {
            return request.send();
        } catch (IOException e) {
            IOException failure = server.failure(session, path, e);
            if (first || !(failure instanceof TransientStorageException)) {
                throw failure;
            }
            close();
            session = null;
            return ask(path, request);
        }
    }
}
