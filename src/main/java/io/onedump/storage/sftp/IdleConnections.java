package io.onedump.storage.sftp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.Threads;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpLogIn;
import org.apache.camel.CamelContext;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Connections that nobody uses at the moment, kept a while for the next one who would log in to the same account in the
 * same way: a run that stores many artifacts logs in once. One that was not started keeps none.
 */
public final class IdleConnections extends ServiceSupport {

    /** Dumps that are stored one after the other are seldom further apart, and no server minds a silent minute. */
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private static final Duration OFTEN = Duration.ofSeconds(5);

    private final Threads threads;
    private final Duration longest;
    private final Map<SshSettings, Deque<Idle>> idle = new HashMap<>();
    private Threads.Scheduled watch;

    private record Idle(SftpChannel channel, long since) {
    }

    IdleConnections(Threads threads, Duration longest) {
        this.threads = threads;
        this.longest = longest;
    }

    /** The context's own. */
    static IdleConnections of(CamelContext context) {
        synchronized (context) {
            IdleConnections connections = context.hasService(IdleConnections.class);
            if (connections == null) {
                connections = new IdleConnections(ContextThreads.of(context), LONGEST);
                try {
                    // A context that only reads its routes, for a command that lists or fetches, starts no service.
                    connections.start();
                    context.addService(connections, true, true);
                } catch (Exception e) {
                    throw new IllegalStateException("cannot start to keep connections", e);
                }
            }
            return connections;
        }
    }

    /** A connection that is the caller's alone until it is given back: one that the server still answers on, or new. */
    SftpChannel take(SshSettings settings, Backoff backoff) throws IOException {
        SftpChannel used = latest(settings);
        if (used != null) {
            try {
                if (used.answers(settings.connectTimeout())) {
                    return used;
                }
            } catch (IOException e) {
                used.close();
                throw e;
            }
            used.close();
            // Whatever has ended this one, a restart of the server or a firewall, has ended those before.
            closeAll(taken(settings));
        }
        return new SftpLogIn(settings, backoff).open();
    }

    /** @param channel on which nothing is under way */
    void giveBack(SshSettings settings, SftpChannel channel) {
        if (!keep(settings, channel)) {
            channel.close();
        }
    }

    private synchronized boolean keep(SshSettings settings, SftpChannel channel) {
        if (!isStarted() || !channel.isConnected()) {
            return false;
        }
        idle.computeIfAbsent(settings, none -> new ArrayDeque<>()).push(new Idle(channel, System.nanoTime()));
        if (watch == null) {
            watch = threads.every(OFTEN.compareTo(longest) < 0 ? OFTEN : longest, "sftp idle", this::closeOld);
        }
        return true;
    }

    /** How many there are. */
    synchronized int count() {
        return idle.values().stream().mapToInt(Deque::size).sum();
    }

    private synchronized SftpChannel latest(SshSettings settings) {
        Deque<Idle> found = idle.get(settings);
        if (found == null) {
            return null;
        }
        Idle latest = found.pop();
        if (found.isEmpty()) {
            idle.remove(settings);
        }
        return latest.channel();
    }

    private synchronized List<Idle> taken(SshSettings settings) {
        Deque<Idle> found = idle.remove(settings);
        return found == null ? List.of() : List.copyOf(found);
    }

    private void closeOld() {
        List<Idle> old = new ArrayList<>();
        synchronized (this) {
            long now = System.nanoTime();
            for (Deque<Idle> each : idle.values()) {
                while (!each.isEmpty() && now - each.peekLast().since() > longest.toNanos()) {
                    old.add(each.pollLast());
                }
            }
            idle.values().removeIf(Deque::isEmpty);
        }
        closeAll(old);
    }

    private static void closeAll(List<Idle> connections) {
        connections.forEach(each -> each.channel().close());
    }

    @Override
    protected void doStop() {
        List<Idle> rest = new ArrayList<>();
        synchronized (this) {
            idle.values().forEach(rest::addAll);
            idle.clear();
            if (watch != null) {
                watch.close();
                watch = null;
            }
        }
        closeAll(rest);
    }
}
