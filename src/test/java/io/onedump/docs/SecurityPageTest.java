package io.onedump.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** What docs/security.md and docs/storage.md say of rights and ports is what the sources use. */
class SecurityPageTest {

    private static final Path SOURCES = Repository.file("src/main/java/io/onedump");

    private static final Pattern RIGHT = Pattern.compile("`(s3:[A-Za-z]+)`");
    private static final Pattern REQUEST = Pattern.compile("client(?:\\(\\))?\\s*\\.([a-z]+[A-Z]\\w*)\\(");
    /** Asks nothing of S3. */
    private static final Set<String> LOCAL = Set.of("serviceClientConfiguration");

    /** Which right a request needs, as Amazon's list of actions for S3 says. */
    private static final Map<String, String> RIGHTS = Map.ofEntries(
            Map.entry("putObject", "s3:PutObject"),
            Map.entry("createMultipartUpload", "s3:PutObject"),
            Map.entry("uploadPart", "s3:PutObject"),
            Map.entry("completeMultipartUpload", "s3:PutObject"),
            Map.entry("abortMultipartUpload", "s3:AbortMultipartUpload"),
            Map.entry("getObject", "s3:GetObject"),
            Map.entry("getObjectAsBytes", "s3:GetObject"),
            Map.entry("headObject", "s3:GetObject"),
            Map.entry("deleteObject", "s3:DeleteObject"),
            Map.entry("listObjectsV2", "s3:ListBucket"),
            Map.entry("listObjectsV2Paginator", "s3:ListBucket"),
            Map.entry("listMultipartUploadsPaginator", "s3:ListBucketMultipartUploads"),
            Map.entry("listPartsPaginator", "s3:ListMultipartUploadParts"));

    private static final Pattern LISTENS =
            Pattern.compile("\\bServerSocket(Channel)?\\b|\\bsetPortForwardingL\\b|\\bHttpServer\\b");

    /** What opens a port, and the option by which the page tells of it. */
    private static final Map<String, String> PORTS =
            Map.of("ssh/SshConnection.java", "`sshHost`", "binlog/replica/ArchiveSource.java", "`--engine replica`",
                    "app/cli/WarmUpBucket.java", "`bin/onedump`");

    @Test
    void pagesListTheRightsThatS3StoragesNeed() throws IOException {
        Set<String> needed = new TreeSet<>();
        try (Stream<Path> sources = Files.list(SOURCES.resolve("storage/s3"))) {
            for (Path source : sources.toList()) {
                Matcher requests = REQUEST.matcher(Files.readString(source));
                while (requests.find()) {
                    if (!LOCAL.contains(requests.group(1))) {
                        assertThat(RIGHTS).as(source.toString()).containsKey(requests.group(1));
                        needed.add(RIGHTS.get(requests.group(1)));
                    }
                }
            }
        }
        assertThat(rights("docs/storage.md")).isEqualTo(needed);
        assertThat(rights("docs/security.md")).isEqualTo(needed);
    }

    @Test
    void pageTellsOfEveryPort() throws IOException {
        Map<String, String> listening = new HashMap<>();
        try (Stream<Path> sources = Files.walk(SOURCES)) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                if (LISTENS.matcher(Files.readString(source)).find()) {
                    String name = SOURCES.relativize(source).toString();
                    listening.put(name, PORTS.get(name));
                }
            }
        }
        assertThat(listening).isEqualTo(PORTS);
        assertThat(Page.of("docs/security.md").text()).contains(PORTS.values()).doesNotContain("opens no port");
    }

    private static Set<String> rights(String page) {
        return RIGHT.matcher(Page.of(page).text()).results().map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
