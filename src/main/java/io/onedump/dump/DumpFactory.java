package io.onedump.dump;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

import io.onedump.artifact.Source;
import io.onedump.artifact.Threads;
import io.onedump.ssh.SshException;
import io.onedump.ssh.SshSettings;
import io.onedump.ssh.SshTunnel;

/**
 * Starts a dumper, through a tunnel where one is asked for.
 *
 * @param ssh  null for a direct connection
 * @param tell for what the dump will lack
 */
record DumpFactory(Threads threads, DumpRequest request, SshSettings ssh,
        Scratch.Paths paths, Consumer<String> tell) implements Source.Factory {

    @Override
    public Source start() throws IOException {
        Scratch scratch = new Scratch(paths);
        try {
            DumpRequest reachable = ssh == null ? request : through(scratch.with(tunnel()));
            return Dumper.of(request.kind()).start(threads, reachable, scratch, tell);
        } catch (IOException | RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    private SshTunnel tunnel() throws DumpException {
        try {
            return SshTunnel.open(ssh, request.dsn().host(), request.dsn().port());
        } catch (SshException e) {
            String message = request.subject() + ": " + e.getMessage();
            throw e.permanent() ? new DumpException(message, e) : new DumpConnectException(message, e);
        }
    }

    private DumpRequest through(SshTunnel tunnel) {
        return request.through(new InetSocketAddress(tunnel.localHost(), tunnel.localPort()));
    }
}
