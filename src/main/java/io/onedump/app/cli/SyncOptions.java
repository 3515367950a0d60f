package io.onedump.app.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.sync.SyncComponent;
import io.onedump.sync.SyncEndpoint;
import org.apache.camel.CamelContext;
import picocli.CommandLine.Option;

/** The options of a sync without a job: what, where to and how. */
final class SyncOptions {

    @Option(names = "--source", paramLabel = "<path>", description = "The file or folder to send.")
    private Path source;

    @Option(names = "--to", paramLabel = "<uri>", description = "The storage to send to, such as aws2-s3:backups or"
            + " file:/mnt/backup; with --ssh-host a folder there.")
    private String to;

    @Option(names = "--ssh-host", paramLabel = "<host[:port]>", description = "Send by SFTP to this host.")
    private String sshHost;

    @Option(names = "--ssh-user", paramLabel = "<user>", description = "Default: who runs the command.")
    private String sshUser = System.getProperty("user.name");

    @Option(names = "--ssh-key", paramLabel = "<file>", description = "The private key.")
    private String sshKey;

    @Option(names = "--ssh-known-hosts", paramLabel = "<file>", description = "Default: ~/.ssh/known_hosts.")
    private String sshKnownHosts;

    @Option(names = "--recursive", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Send the folders in the folder too. This is the default.")
    private boolean recursive;

    @Option(names = "--include", paramLabel = "<glob>", description = "Only files that match; may be repeated."
            + " Without a slash"
            + " it is about the name, with one about the path below the source.")
    private List<String> include = List.of();

    @Option(names = "--exclude", paramLabel = "<glob>", description = "No files and folders that match; may be"
            + " repeated.")
    private List<String> exclude = List.of();

    @Option(names = "--follow-links", description = "Send what symbolic links lead to. Default: they are skipped.")
    private boolean followLinks;

    @Option(names = "--concurrency", paramLabel = "<n>", defaultValue = "4",
            description = "Connections, or files at a time. Default: ${DEFAULT-VALUE}.")
    private int concurrency;

    @Option(names = "--max-attempts", paramLabel = "<n>", defaultValue = "5",
            description = "How often each file is tried. Default: ${DEFAULT-VALUE}.")
    private int maxAttempts;

    @Option(names = "--checksum", negatable = true, defaultValue = "true", fallbackValue = "true",
            description = "Compare and prove by SHA-256. This is the default; --no-checksum goes by size and time.")
    private boolean checksum;

    @Option(names = "--dry-run", description = "Only say what would be sent and deleted.")
    private boolean dryRun;

    @Option(names = "--delete", description = "Delete there what the source does not have.")
    private boolean delete;

    @Option(names = "--max-delete", paramLabel = "<most>", defaultValue = "50%",
            description = "With --delete: when there is more to delete than this, such as 100 or"
                    + " 50%%, delete nothing and fail. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String maxDelete;

    @Option(names = "--state", paramLabel = "<file>",
            description = "What remembers what was proved. Default:%n~/.local/state/onedump/sync.db.")
    private String state;

    boolean isEmpty() {
        return source == null && to == null;
    }

    /** @throws ConfigurationException for what is missing or wrong */
    SyncEndpoint endpoint(CamelContext context) throws IOException {
        if (source == null || to == null) {
            throw problem(source == null ? "--source" : "--to", "is missing; without --job, both --source and --to"
                    + " are needed");
        }
        SyncComponent component = context.getComponent("sync", SyncComponent.class);
        SyncEndpoint endpoint = new SyncEndpoint("sync:" + source, component, source.toString());
        endpoint.setStorage(sshHost == null ? to : sftp());
        endpoint.setRecursive(recursive);
        endpoint.setInclude(String.join(",", include));
        endpoint.setExclude(String.join(",", exclude));
        endpoint.setFollowLinks(followLinks);
        endpoint.setConcurrency(concurrency);
        endpoint.setMaxAttempts(maxAttempts);
        endpoint.setChecksum(checksum);
        endpoint.setDryRun(dryRun);
        endpoint.setDelete(delete);
        endpoint.setMaxDelete(maxDelete);
        endpoint.setState(state);
        try {
            endpoint.init();
            return endpoint;
        } catch (RuntimeException e) {
            Throwable cause = e;
            while (cause.getCause() != null && !(cause instanceof IllegalArgumentException)) {
                cause = cause.getCause();
            }
            throw problem("sync", String.valueOf(cause.getMessage()));
        }
    }

    private String sftp() {
        if (sshKey == null) {
            throw problem("--ssh-key", "is missing; --ssh-host needs a private key");
        }
        return "sftp:" + sshUser + "@" + sshHost + "/" + to + "?privateKeyFile=RAW(" + sshKey + ")"
                + (sshKnownHosts == null ? "" : "&knownHostsFile=RAW(" + sshKnownHosts + ")");
    }

    private static ConfigurationException problem(String where, String message) {
        return new ConfigurationException(Problem.of(where, message));
    }
}
