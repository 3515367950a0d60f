package io.onedump.binlog.replica;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.Threads;
import io.onedump.database.mysql.Flavour;
import org.slf4j.Logger;

/**
 * A replication source that has nothing but archived files. A server that is made its replica applies them with its own
 * code, so every event means what it meant. It listens on one address, for one user with a random password.
 */
public final class ArchiveSource implements Closeable {

    /** Whom a replica of ours logs in as. */
    public static final String USER = "onedump";
    private static final Logger LOG = CleanLog.of(ArchiveSource.class);
    private static final int PASSWORD_BYTES = 12;

    private final Threads threads;
    private final ServedLog log;
    private final Flavour target;
    private final ServerSocket listener;
    private final String password;
    private final int serverId;
    private final String uuid = UUID.randomUUID().toString();
    private final Set<Socket> replicas = ConcurrentHashMap.newKeySet();

    private ArchiveSource(Threads threads, ServedLog log, Flavour target, ServerSocket listener, String password,
            int serverId) {
        this.threads = threads;
        this.log = log;
        this.target = target;
        this.listener = listener;
        this.password = password;
        this.serverId = serverId;
    }

    /**
     * @param target   family of the replica
     * @param serverId which nobody else may have, least of all the replica
     */
    public static ArchiveSource start(Threads threads, ServedLog log, Flavour target, InetAddress address, int serverId)
            throws IOException {
        byte[] secret = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(secret);
        ArchiveSource source = new ArchiveSource(threads, log, target, new ServerSocket(0, 4, address),
                HexFormat.of().formatHex(secret), serverId);
        threads.start("binlog archive source", source::accept);
        return source;
    }

    public String host() {
        return listener.getInetAddress().getHostAddress();
    }

    public int port() {
        return listener.getLocalPort();
    }

    public String user() {
        return USER;
    }

    /** Random for each instance. */
    public String password() {
        return password;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket replica = listener.accept();
                replicas.add(replica);
                threads.start("binlog archive source", () -> serve(replica));
            } catch (IOException e) {
                LOG.debug("no longer listening: {}", e.toString());
            }
        }
    }

    private void serve(Socket replica) {
        try (replica) {
            replica.setTcpNoDelay(true);
            new ReplicaConnection(replica, log, serverId, uuid, Clock.systemUTC())
                    .run(new ReplicaLogin(target, user(), password));
        } catch (IOException e) {
            // Replicas hang up without a word; what went wrong there is in their status.
            LOG.debug("the replica's connection ended: {}", e.toString());
        } finally {
            replicas.remove(replica);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket replica : replicas) {
            replica.close();
        }
    }
}
