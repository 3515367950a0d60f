package io.onedump.encrypt.age;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import io.onedump.artifact.Threads;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sealed here opens with Debian's age, and the other way round. */
@Timeout(600)
class AgeInteropIT {

    private static final int CHUNK = 64 * 1024;
    private static final long GIGABYTE = 1L << 30;

    @TempDir
    private Path folder;
    private AgeProgram age;
    private Path identity;

    @BeforeEach
    void makeAnIdentity() {
        age = new AgeProgram(folder);
        identity = age.identity("identity.txt");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5_000_000})
    void ageOpensWhatIsSealedHere(int size) throws IOException {
        Path plain = file(size);
        Path sealed = folder.resolve("here.age");
        Files.write(sealed, Keys.seal(Recipients.of(List.of(AgeProgram.recipient(identity))),
                Files.readAllBytes(plain)));

        assertThat(age.open(sealed, identity)).hasSameBinaryContentAs(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5_000_000})
    void whatAgeSealsIsOpenedHere(int size) throws IOException {
        byte[] sealed = Files.readAllBytes(age.seal(file(size), AgeProgram.recipient(identity)));
        Identities identities = Identities.parse(Files.readString(identity));

        assertThat(Keys.open(sealed, identities)).isEqualTo(SealTest.random(size));
        assertThat(Keys.openRanges(sealed, identities)).isEqualTo(SealTest.random(size));
    }

    @Test
    void eachOfSeveralRecipientsOpensItBothWays() throws IOException {
        Path second = age.identity("second.txt");
        String[] recipients = {AgeProgram.recipient(identity), AgeProgram.recipient(second)};
        Path plain = file(1000);
        byte[] theirs = Files.readAllBytes(age.seal(plain, recipients));
        Path ours = folder.resolve("ours.age");
        Files.write(ours, Keys.seal(Recipients.of(List.of(recipients)), Files.readAllBytes(plain)));

        for (Path each : List.of(identity, second)) {
            assertThat(Keys.open(theirs, Identities.parse(Files.readString(each)))).hasSize(1000);
            assertThat(age.open(ours, each)).hasSameBinaryContentAs(plain);
        }
    }

    @Test
    void anIdentityThatIsMadeHereIsOneOfAge() throws IOException {
        Keys keys = Keys.generate();
        Path file = Files.writeString(folder.resolve("made.txt"), keys.file());

        assertThat(AgeProgram.recipient(file)).isEqualTo(keys.recipient());
        assertThat(age.open(Files.write(folder.resolve("x.age"), keys.seal(new byte[10])), file)).hasSize(10);
    }

    @Test
    void passphrasesOpenItBothWays() throws IOException {
        Path plain = file(100_000);
        Path ours = folder.resolve("ours.age");
        Files.write(ours, Keys.seal(Recipients.ofPassphrase("tall order"), Files.readAllBytes(plain)));
        byte[] theirs = Files.readAllBytes(age.sealByPassphrase(plain, "tall order"));

        assertThat(age.openByPassphrase(ours, "tall order")).hasSameBinaryContentAs(plain);
        assertThat(Keys.open(theirs, Identities.ofPassphrase("tall order"))).isEqualTo(Files.readAllBytes(plain));
    }

    @Test
    @Tag("soak")
    void aGigabyteGoesBothWays() throws IOException {
        Path plain = folder.resolve("large");
        try (OutputStream out = Files.newOutputStream(plain)) {
            byte[] bytes = new byte[1 << 20];
            Random random = new Random(1);
            for (long written = 0; written < GIGABYTE; written += bytes.length) {
                random.nextBytes(bytes);
                out.write(bytes);
            }
        }
        String recipient = AgeProgram.recipient(identity);
        Path ours = folder.resolve("ours.age");
        try (Threads.Pool threads = Threads.daemons().pool("seal", 2);
                InputStream in = Seal.forRecipients(Recipients.of(List.of(recipient)))
                        .seal(Files.newInputStream(plain), threads);
                OutputStream out = Files.newOutputStream(ours)) {
            in.transferTo(out);
        }
        Path opened = age.open(ours, identity);
        assertThat(Files.mismatch(opened, plain)).isEqualTo(-1);
        Files.delete(opened);
        Files.delete(ours);
        try (InputStream in = Opening.stream(Files.newInputStream(age.seal(plain, recipient)),
                Identities.parse(Files.readString(identity)));
                InputStream expected = Files.newInputStream(plain)) {
            byte[] some = new byte[1 << 20];
            for (long read = 0; read < GIGABYTE; read += some.length) {
                assertThat(in.readNBytes(some, 0, some.length)).isEqualTo(some.length);
                assertThat(some).isEqualTo(expected.readNBytes(some.length));
            }
            assertThat(in.read()).isEqualTo(-1);
        }
    }

    private Path file(int size) throws IOException {
        return Files.write(folder.resolve("plain-" + size), SealTest.random(size));
    }
}
