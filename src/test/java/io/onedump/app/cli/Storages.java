package io.onedump.app.cli;

import java.io.IOException;
import java.nio.file.Path;

import io.onedump.servers.S3Proxy;
import io.onedump.servers.Sshd;

/** Storage steps for the test servers. */
final class Storages {

    private Storages() {
    }

    static JobFile.Step s3(S3Proxy server, String bucket) {
        return s3(server.endpoint().toString(), bucket, S3Proxy.SECRET_KEY);
    }

    static JobFile.Step s3(String endpoint, String bucket, String secretKey) {
        return JobFile.Step.to("storage", "delegate", "aws2-s3:" + bucket, "accessKey", S3Proxy.ACCESS_KEY,
                "secretKey", "RAW(" + secretKey + ")", "region", S3Proxy.REGION, "overrideEndpoint", "true",
                "uriEndpointOverride", endpoint, "forcePathStyle", "true");
    }

    /** Keeps artifacts in {@link Sshd#workFolder()}. */
    static JobFile.Step sftp(Sshd server) {
        return sftp(server, server.port(), server.key().file(), server.knownHosts());
    }

    static JobFile.Step sftp(Sshd server, int port, Path key, Path knownHosts) {
        return JobFile.Step.to("storage",
                "delegate", "sftp:" + server.user() + "@" + server.host() + ":" + port + "/" + server.workFolder(),
                "privateKeyFile", key.toString(), "knownHostsFile", knownHosts.toString());
    }

    /** @param sidecar a checksum file, with its artifact in the same folder */
    static boolean sha256sumAccepts(Path sidecar) throws IOException, InterruptedException {
        return new ProcessBuilder("sha256sum", "--check", "--strict", "--status", sidecar.getFileName().toString())
                .directory(sidecar.getParent().toFile()).inheritIO().start().waitFor() == 0;
    }
}
