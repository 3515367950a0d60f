package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SidecarTest {

    /** Of the five bytes "hallo". */
    private static final String SHA256 = "d3751d33f9cd5049c4af2b462735457e4d3baf130bcbb87f389e349fbaeb20b9";
    private static final Identity IDENTITY = Identity.NONE.with(Identity.JOB, "shop")
            .with(Identity.SERIES, "a/shop-{date}.sql").with(Identity.HOST, "alpha")
            .with(Identity.STARTED, "2026-11-23T01:00:00Z").with(Identity.SIZE, "5")
            .with("server", "mysql 8.0.31 größe");

    @Test
    void saysWhatTheArtifactIs() throws Exception {
        Sidecar sidecar = Sidecar.parse(bytes(new Sidecar(SHA256, "a.sql", IDENTITY)));
        assertThat(sidecar).isEqualTo(new Sidecar(SHA256, "a.sql", IDENTITY));
        assertThat(sidecar.identity().job()).contains("shop");
        assertThat(sidecar.identity().started()).contains(Instant.parse("2026-11-23T01:00:00Z"));
        assertThat(sidecar.identity().size()).contains(5L);
    }

    @Test
    void readsWhatSha256sumWrites() {
        assertThat(Sidecar.parse((SHA256 + "  a.sql\n").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Sidecar(SHA256, "a.sql", Identity.NONE));
        assertThat(Sidecar.parse((SHA256 + " *a b.sql").getBytes(StandardCharsets.UTF_8)).name()).isEqualTo("a b.sql");
    }

    @Test
    void writesTheLineOfSha256sumAloneWhenNothingElseIsKnown() throws Exception {
        assertThat(new String(bytes(new Sidecar(SHA256, "a.sql", Identity.NONE)), StandardCharsets.UTF_8))
                .isEqualTo(SHA256 + "  a.sql\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256sum -c --strict", "busybox sha256sum -c"})
    void isAcceptedByProgramsThatCheck(String program, @TempDir Path folder) throws Exception {
        List<String> words = new ArrayList<>(List.of(program.split(" ")));
        assumeTrue(isThere(words.get(0)), words.get(0) + " is not installed");
        Files.writeString(folder.resolve("it's #1.sql"), "hallo");
        Files.write(folder.resolve("it's #1.sql.checksum"), bytes(new Sidecar(SHA256, "it's #1.sql", IDENTITY)));
        words.add("it's #1.sql.checksum");
        assertThat(new ProcessBuilder(words).directory(folder.toFile()).start().waitFor()).isZero();
        Files.writeString(folder.resolve("it's #1.sql"), "hollo");
        assertThat(new ProcessBuilder(words).directory(folder.toFile()).start().waitFor()).isNotZero();
    }

    private static boolean isThere(String program) throws InterruptedException {
        try {
            return new ProcessBuilder(program, "--help").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void seesThatAByteHasChanged() throws Exception {
        byte[] whole = bytes(new Sidecar(SHA256, "a.sql", IDENTITY));
        List<String> unseen = new ArrayList<>();
        for (int at = 0; at < whole.length; at++) {
            for (int mask = 1; mask < 256; mask++) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) mask;
                try {
                    Sidecar.parse(changed);
                    unseen.add(at + "^" + mask);
                } catch (IllegalArgumentException e) {
                    // Seen.
                }
            }
        }
        assertThat(unseen).isEmpty();
    }

    @Test
    void seesThatItIsCutShort() throws Exception {
        byte[] whole = bytes(new Sidecar(SHA256, "a.sql", IDENTITY));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Sidecar.parse(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void putsWhatComesFromOutsideInOneLine() {
        Identity identity = Identity.NONE.with("server", "x\n# job: other\r\n\u2028\u001b[31m y\u202e");
        assertThat(identity.get("server")).contains("x # job: other [31m y");
        assertThat(identity.job()).isEmpty();
        assertThat(Identity.NONE.with(Identity.JOB, "x".repeat(100_000)).job().orElseThrow()).hasSize(8192);
        assertThat(Identity.NONE.with(Identity.GTID, "x".repeat(100_000)).get(Identity.GTID)).isEmpty();
    }

    @Test
    void isNeverLongerThanWhatIsRead() throws Exception {
        Identity identity = IDENTITY;
        for (int i = 0; i < 40; i++) {
            identity = identity.with("key-" + i, "ü".repeat(100_000));
        }
        Sidecar sidecar = Sidecar.parse(bytes(new Sidecar(SHA256, "a.sql", identity)));
        assertThat(bytes(sidecar).length).isLessThan(Sidecar.LONGEST);
        assertThat(sidecar.identity().values()).containsAllEntriesOf(IDENTITY.values());
    }

    @Test
    void refusesWhatIsNoSidecar() {
        for (String text : List.of("", "hallo", SHA256, SHA256 + "  a\n" + SHA256 + "  b\n", "# job: x\n",
                SHA256.toUpperCase(Locale.ROOT) + "  a\n")) {
            assertThatThrownBy(() -> Sidecar.parse(text.getBytes(StandardCharsets.UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static byte[] bytes(Sidecar sidecar) throws IOException {
        return sidecar.toArtifact().open().readAllBytes();
    }
}
