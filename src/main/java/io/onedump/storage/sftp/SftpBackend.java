package io.onedump.storage.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.Backoff;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.ssh.SshSettings;
import io.onedump.storage.Backend;
import io.onedump.storage.BulkTarget;
import io.onedump.storage.Storage;
import io.onedump.storage.StorageConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.component.file.remote.SftpConfiguration;
import org.apache.camel.component.file.remote.SftpEndpoint;
import org.apache.camel.support.ResourceHelper;

/**
 * Reads server, account, keys and folder from an {@code sftp:} endpoint. The host key is always checked.
 *
 * @param idle connections that all storages of a Camel context take, and leave when they are closed
 */
public record SftpBackend(SshSettings settings, String folder, SftpOptions options, IdleConnections idle)
        implements
            Backend {

    private static final Pattern ABSOLUTE = Pattern.compile("^(\\w+://[^/]+)//+");

    /**
     * Camel's component knows only folders relative to the one of the log-in; here a double slash makes one absolute.
     */
    public static SftpBackend of(Component component, String uri, Map<String, Object> parameters,
            StorageConfiguration storage) throws Exception {
        Matcher absolute = ABSOLUTE.matcher(uri);
        SftpEndpoint sftp = (SftpEndpoint) component.createEndpoint(absolute.replaceFirst("$1/"), parameters);
        SftpConfiguration delegate = sftp.getConfiguration();
        CamelContext context = component.getCamelContext();
        checkPort(delegate.getPort());
        SshSettings settings = new SshSettings(delegate.getHost(), delegate.getPort(), delegate.getUsername(),
                delegate.getPassword(), privateKey(context, delegate), delegate.getPrivateKeyPassphrase(),
                knownHosts(context, delegate), Duration.ofMillis(delegate.getConnectTimeout()),
                ContextThreads.of(context));
        String folder = delegate.getDirectory() == null ? "" : delegate.getDirectory();
        return new SftpBackend(settings, absolute.find(0) ? "/" + folder : folder,
                new SftpOptions(storage.getVerify(), sftp.isAutoCreate(), Backoff.DEFAULT),
                IdleConnections.of(context));
    }

    private static void checkPort(int port) {
        try {
            SshSettings.port(port);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option delegate: " + e.getMessage(), e);
        }
    }

    @Override
    public Storage open() {
        return new SftpStorage(settings, folder, options, idle);
    }

    @Override
    public Optional<BulkTarget> bulk() {
        return Optional.of(new BulkTarget(settings, folder, options.makesFolders(), options.verify()));
    }

    @Override
    public List<Lack> lacks() {
        return settings.lacks().stream()
                .map(lack -> new Lack(lack.option() + "File", lack.message(), lack.certain())).toList();
    }

    private static String privateKey(CamelContext context, SftpConfiguration delegate) throws IOException {
        if (delegate.getPrivateKey() != null) {
            return text(delegate.getPrivateKey());
        }
        if (delegate.getPrivateKeyUri() != null) {
            return resource(context, delegate.getPrivateKeyUri());
        }
        if (delegate.getKeyPair() != null) {
            return "-----BEGIN PRIVATE KEY-----\n"
                    + Base64.getMimeEncoder().encodeToString(delegate.getKeyPair().getPrivate().getEncoded())
                    + "\n-----END PRIVATE KEY-----\n";
        }
        return delegate.getPrivateKeyFile();
    }

    private static String knownHosts(CamelContext context, SftpConfiguration delegate) throws IOException {
        if (delegate.getKnownHosts() != null) {
            return text(delegate.getKnownHosts());
        }
        if (delegate.getKnownHostsUri() != null) {
            return resource(context, delegate.getKnownHostsUri());
        }
        return delegate.getKnownHostsFile();
    }

    private static String resource(CamelContext context, String uri) throws IOException {
        try (InputStream in = ResourceHelper.resolveMandatoryResourceAsInputStream(context, uri)) {
            return text(in.readAllBytes());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
