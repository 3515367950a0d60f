package io.onedump.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/** An S3 server that checks signatures and digests and keeps every object as a plain file. */
public final class S3Proxy extends ChildServer {

    public static final String ACCESS_KEY = "local-test-access-key";
    public static final String SECRET_KEY = "local-test-secret-key";
    public static final String REGION = "us-east-1";

    private final S3Client client = S3Client.builder()
            .endpointOverride(endpoint())
            .region(Region.of(REGION))
            .forcePathStyle(true)
            .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, SECRET_KEY)))
            .build();

    private final List<String> jvmOptions;

    private S3Proxy(String... jvmOptions) {
        super("s3proxy");
        this.jvmOptions = List.of(jvmOptions);
        try {
            Files.createDirectory(buckets());
            Files.write(settings(), List.of(
                    "s3proxy.endpoint=" + endpoint(),
                    "s3proxy.authorization=aws-v2-or-v4",
                    "s3proxy.identity=" + ACCESS_KEY,
                    "s3proxy.credential=" + SECRET_KEY,
                    "jclouds.provider=filesystem-nio2",
                    "jclouds.filesystem.basedir=" + buckets()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot set up S3Proxy", e);
        }
    }

    /**
     * @param jvmOptions more options for its JVM, which by default starts quickly; {@code -XX:TieredStopAtLevel=4}
     *                   makes it fast for gigabytes
     */
    public static S3Proxy start(String... jvmOptions) {
        S3Proxy server = new S3Proxy(jvmOptions);
        server.launch();
        return server;
    }

    @Override
    List<String> command() {
        return Command.of(Executables.ofJava("java"), "-Xmx512m",
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1").and(jvmOptions).and(
                        "-jar", CopiedPrograms.path("s3proxy.jar").toString(), "--properties", settings().toString())
                .words();
    }

    /** Its default level, DEBUG, logs every byte. */
    @Override
    Map<String, String> environment() {
        return Map.of("LOG_LEVEL", "warn", "JETTY_LOG_LEVEL", "warn");
    }

    /** A request without a signature is refused by a server that is up. */
    @Override
    boolean answers() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) endpoint().toURL().openConnection();
        try {
            return connection.getResponseCode() == HttpURLConnection.HTTP_FORBIDDEN;
        } finally {
            connection.disconnect();
        }
    }

    private Path settings() {
        return folder().resolve("s3proxy.conf");
    }

    private Path buckets() {
        return folder().resolve("buckets");
    }

    public URI endpoint() {
        return URI.create("http://" + host() + ":" + port());
    }

    /** A client with path-style addressing, closed with the server. */
    public S3Client client() {
        return client;
    }

    public void createBucket(String bucket) {
        client.createBucket(request -> request.bucket(bucket));
    }

    /** The keys in a bucket, in S3's order. */
    public List<String> objects(String bucket) {
        return client.listObjectsV2Paginator(request -> request.bucket(bucket)).contents().stream()
                .map(S3Object::key).toList();
    }

    /** The keys of multipart uploads that were neither completed nor aborted. */
    public List<String> pendingUploads(String bucket) {
        return client.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                .map(MultipartUpload::key).toList();
    }

    /** Where the objects of a bucket lie as files, their keys being relative paths. */
    public Path folder(String bucket) {
        return buckets().resolve(bucket);
    }

    @Override
    public void close() {
        client.close();
        super.close();
    }
}
