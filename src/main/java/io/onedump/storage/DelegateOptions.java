package io.onedump.storage;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

import org.apache.camel.Component;

/**
 * Which options of the component that it wraps a storage honours. It moves bytes in its own way, so that an option that
 * is about the component's way would be without effect: it is refused, because who sets it counts on it.
 */
enum DelegateOptions {

    FILE("org.apache.camel.component.file.FileComponent", Set.of("autoCreate"), Set.of("fileMode"), Map.of(), Map.of(
            "fileExist", "an artifact always replaces the one of its name; use a fileName that is new each time",
            "chmod", "set fileMode instead",
            "chmodDirectory", "set fileMode instead",
            "tempPrefix", "every artifact is written under a temporary name",
            "tempFileName", "every artifact is written under a temporary name")),

    S3("org.apache.camel.component.aws2.s3.AWS2S3Component",
            Set.of("accessKey", "amazonS3Client", "awsKMSKeyId", "forcePathStyle", "overrideEndpoint", "prefix",
                    "profileCredentialsName", "proxyHost", "proxyPort", "proxyProtocol", "region", "secretKey",
                    "sessionToken", "storageClass", "trustAllCertificates", "uriEndpointOverride", "useAwsKMS",
                    "useDefaultCredentialsProvider", "useProfileCredentialsProvider", "useSSES3",
                    "useSessionCredentials"),
            Set.of("partSize", "concurrency", "checksum", "requestTimeout", "answerTimeout"),
            Map.of("multiPartUpload", "true"), Map.of(
                    "autoCreateBucket", "create the bucket beforehand",
                    "keyName", "set path and fileName",
                    "multiPartUpload", "partSize says what goes in a single request",
                    "conditionalWritesEnabled",
                    "an artifact always replaces the one of its name; use a fileName that is new each time",
                    "useCustomerKey", "use useSSES3, useAwsKMS or the bucket's default encryption")),

    SFTP("org.apache.camel.component.file.remote.SftpComponent",
            Set.of("autoCreate", "connectTimeout", "keyPair", "knownHosts", "knownHostsFile", "knownHostsUri",
                    "password",
                    "privateKey", "privateKeyFile", "privateKeyPassphrase", "privateKeyUri", "username"),
            Set.of(), Map.of("strictHostKeyChecking", "yes"), Map.of(
                    "strictHostKeyChecking", "the host key is always checked; add it to knownHostsFile",
                    "useUserKnownHostsFile", "~/.ssh/known_hosts is used when knownHostsFile is not set",
                    "autoCreateKnownHostsFile", "add the host key to knownHostsFile, ssh-keyscan prints it",
                    "compression", "artifacts are compressed by dump, or not at all",
                    "fileExist",
                    "an artifact always replaces the one of its name; use a fileName that is new each time",
                    "chmod", "set the umask of the account on the server",
                    "tempPrefix", "every artifact is written under a temporary name",
                    "tempFileName", "every artifact is written under a temporary name",
                    "ciphers", "say on the server which ciphers it offers")),

    DROPBOX("org.apache.camel.component.dropbox.DropboxComponent",
            Set.of("accessToken", "apiKey", "apiSecret", "client", "clientIdentifier", "refreshToken", "remotePath"),
            Set.of("chunkSize", "answerTimeout"), Map.of(), Map.of(
                    "expireIn", "a refreshToken renews the access token whenever it has expired",
                    "localPath", "the artifact is the body of the message",
                    "newRemotePath", "set remotePath, path and fileName",
                    "uploadMode",
                    "an artifact always replaces the one of its name; use a fileName that is new each time")),

    GOOGLE_DRIVE("org.apache.camel.component.google.drive.GoogleDriveComponent",
            Set.of("accessToken", "applicationName", "clientFactory", "clientId", "clientSecret", "delegate",
                    "refreshToken", "scopes", "serviceAccountKey"),
            Set.of("chunkSize", "folderId", "answerTimeout"), Map.of(), Map.of(
                    "fileId", "set folderId, path and fileName",
                    "content", "the artifact is the body of the message",
                    "mediaContent", "the artifact is the body of the message")),

    /** Any other component does all by itself: storage verifies nothing, and the component checks its own options. */
    OTHER(null, null, Set.of(), Map.of(), Map.of());

    /** The options of storage itself that not every backend honours. */
    private static final Set<String> PARTICULAR =
            Set.of("partSize", "concurrency", "checksum", "requestTimeout", "answerTimeout", "chunkSize", "folderId",
                    "fileMode");
    /** The options of storage itself that no other component honours. */
    private static final Set<String> BACKENDS_ONLY = Set.of("verify", "keepLast", "keepWithin", "keepDaily",
            "keepWeekly", "keepMonthly", "keepYearly", "dryRun", "pruneUnverified");

    private final String component;
    private final Set<String> honoured;
    private final Set<String> own;
    private final Map<String, String> anyway;
    private final Map<String, String> advice;

    /**
     * @param component the name of its class, which need not be there
     * @param honoured  of the component's options, null for all
     * @param own       of {@link #PARTICULAR}
     * @param anyway    options that may have one value, which says what is done anyway
     * @param advice    what to do instead of setting an option
     */
    DelegateOptions(String component, Set<String> honoured, Set<String> own, Map<String, String> anyway,
            Map<String, String> advice) {
        this.component = component;
        this.honoured = honoured;
        this.own = own;
        this.anyway = anyway;
        this.advice = advice;
    }

    static DelegateOptions of(Component delegate) {
        for (DelegateOptions options : values()) {
            if (delegate.getClass().getName().equals(options.component)) {
                return options;
            }
        }
        return OTHER;
    }

    Set<String> honoured() {
        return honoured;
    }

    /**
     * @param  given                    the delegate's options, without those that only say what is done anyway
     * afterwards
     * @throws IllegalArgumentException naming the first option that would be without effect
     */
    void check(String scheme, Map<String, Object> given) {
        anyway.forEach((name, value) -> given.computeIfPresent(name, (key, said) -> value.equals(said) ? null : said));
        for (String name : given.keySet()) {
            if (honoured != null && !honoured.contains(name)) {
                throw new IllegalArgumentException("option " + name + ": storage does not use this option of " + scheme
                        + "; " + (advice.containsKey(name) ? advice.get(name) + ", and remove it" : "remove it"));
            }
        }
    }

    /** The same for the options of storage itself. */
    void checkOwn(String scheme, Collection<String> given) {
        for (String name : given) {
            if (PARTICULAR.contains(name) && !own.contains(name) || this == OTHER && BACKENDS_ONLY.contains(name)) {
                throw new IllegalArgumentException("option " + name + ": it has no effect on " + scheme + "; remove"
                        + " it");
            }
        }
    }
}
