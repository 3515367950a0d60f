package io.onedump.dump;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import io.onedump.database.Dsn;
import io.onedump.database.MySqlDsn;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.dump.mysql.Selection;

/**
 * What to dump and how.
 *
 * @param tunnel       the end of a tunnel to the database on this machine, or null for none
 * @param executable   path or name of the tool, or null to look for it
 * @param options      what the user adds to the tool's options
 * @param timeout      zero for none
 * @param stallTimeout zero for none
 * @param ofOurOwn     what our own connections are to do; null for a tool
 */
record DumpRequest(
        DumperKind kind, Dsn dsn, InetSocketAddress tunnel, String executable, List<String> options, Duration timeout,
        Duration stallTimeout, OfOurOwn ofOurOwn) {

    /**
     * What a dump by connections of our own takes.
     *
     * @param parallel at most so many connections
     * @param level    of zstd, null for the default
     * @param values   whether PostgreSQL's sequences have their values, and its large objects are named, in a dump
     *                 without rows too
     */
    record OfOurOwn(Selection selection, int parallel, Integer level, boolean values) {

        OfOurOwn(Selection selection, int parallel, Integer level) {
            this(selection, parallel, level, false);
        }
    }

    DumpRequest {
        options = List.copyOf(options);
    }

    /** A direct one. */
    DumpRequest(DumperKind kind, Dsn dsn, String executable, List<String> options, Duration timeout,
            Duration stallTimeout) {
        this(kind, dsn, null, executable, options, timeout, stallTimeout, null);
    }

    /** How messages call this dump; holds no secret. */
    String subject() {
        return "dump " + kind + " " + dsn.display();
    }

    /** How names and sidecars call what is dumped. */
    String databases() {
        return dsn.database() == null ? "all" : dsn.database();
    }

    /** The same dump by connections of our own. */
    DumpRequest by(OfOurOwn connections) {
        return new DumpRequest(kind, dsn, tunnel, executable, options, timeout, stallTimeout, connections);
    }

    /** The same dump through a tunnel. */
    DumpRequest through(InetSocketAddress end) {
        return new DumpRequest(kind, dsn, end, executable, options, timeout, stallTimeout, ofOurOwn);
    }

    /**
     * How to reach a MySQL or MariaDB server. Like the clients of both, a DSN without an account means the one of the
     * operating system.
     *
     * @throws IllegalArgumentException naming what is wrong with the DSN
     */
    MySqlSettings mySql() {
        Dsn account = dsn.user() == null ? dsn.withAccount(System.getProperty("user.name"), null) : dsn;
        return MySqlDsn.settings(
                tunnel == null ? account : account.at(tunnel.getHostString(), tunnel.getPort()));
    }
}
