package io.onedump.encrypt.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {

    private static final int CHUNK = 64 * 1024;

    private final Keys keys = Keys.generate();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 8 * CHUNK - 1, 8 * CHUNK, 8 * CHUNK + 1, 24 * CHUNK,
            3_000_000})
    void givesBackWhatWasSealed(int size) throws IOException {
        byte[] plain = random(size);
        byte[] sealed = keys.seal(plain);

        assertThat(keys.open(sealed)).isEqualTo(plain);
        assertThat(keys.openRanges(sealed)).isEqualTo(plain);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK, CHUNK + 1, 1_000_000})
    void knowsTheSizeBefore(int size) throws IOException {
        Seal seal = Seal.forRecipients(Recipients.of(List.of(keys.recipient())));

        assertThat(seal.sealedSize(size)).isEqualTo(Keys.seal(seal, random(size)).length);
    }

    @Test
    void theSameSealMakesTheSameBytesAndAnotherOneOthers() throws IOException {
        byte[] plain = random(200_000);
        Seal seal = Seal.forRecipients(Recipients.of(List.of(keys.recipient())));
        byte[] once = Keys.seal(seal, plain);

        assertThat(Keys.seal(seal, plain)).isEqualTo(once);
        assertThat(keys.seal(plain)).isNotEqualTo(once);
    }

    @Test
    void eachOfSeveralRecipientsOpensIt() throws IOException {
        List<Keys> others = Stream.generate(Keys::generate).limit(20).toList();
        byte[] sealed = Keys.seal(Recipients.of(others.stream().map(Keys::recipient).toList()), random(10));

        for (Keys other : others) {
            assertThat(other.open(sealed)).hasSize(10);
            assertThat(other.openRanges(sealed)).hasSize(10);
        }
        assertThatThrownBy(() -> keys.open(sealed)).isInstanceOf(IdentityException.class)
                .hasMessageContaining("the identity is wrong: it is sealed for 20 recipients");
    }

    @Test
    void aHeaderThatIsLongerThanTheFirstReadIsReadWhole() throws IOException {
        List<Keys> others = Stream.generate(Keys::generate).limit(180).toList();
        byte[] sealed = Keys.seal(Recipients.of(others.stream().map(Keys::recipient).toList()), random(70_000));

        assertThat(others.get(179).openRanges(sealed)).hasSize(70_000);
    }

    @Test
    void whoKnowsThePassphraseOpensIt() throws IOException {
        byte[] sealed = Keys.seal(Recipients.ofPassphrase("on the back of it"), random(10));

        assertThat(Keys.open(sealed, Identities.ofPassphrase("on the back of it"))).hasSize(10);
        assertThatThrownBy(() -> Keys.open(sealed, Identities.ofPassphrase("on the front of it")))
                .isInstanceOf(IdentityException.class).hasMessageContaining("the passphrase is wrong");
        assertThatThrownBy(() -> keys.open(sealed)).isInstanceOf(IdentityException.class)
                .hasMessageContaining("it is sealed with a passphrase, and none is given");
    }

    @Test
    void tellsThatTheIdentityIsMissingOrWrong() throws IOException {
        byte[] sealed = keys.seal(random(10));

        assertThatThrownBy(() -> Keys.open(sealed, Identities.NONE)).isInstanceOf(IdentityException.class)
                .hasMessage("it is sealed for one recipient, and the identity of none is given");
        assertThatThrownBy(() -> Keys.openRanges(sealed, Keys.generate().identities()))
                .isInstanceOf(IdentityException.class)
                .hasMessage("the identity is wrong: it is sealed for one recipient, of which it is none");
        assertThat(Keys.open(sealed, Keys.generate().identities().and(keys.identities()))).hasSize(10);
    }

    @Test
    void aRangeReadsNoMoreThanTheChunksThatHoldIt() throws IOException {
        byte[] plain = random(40 * CHUNK + 500);
        AtomicLong given = new AtomicLong();
        ByteRanges opened = Opening.ranges(new Keys.Counted(keys.seal(plain), given), keys.identities());
        given.set(0);

        try (InputStream in = opened.open(10L * CHUNK + 5, CHUNK)) {
            assertThat(in.readNBytes(CHUNK)).isEqualTo(Arrays.copyOfRange(plain, 10 * CHUNK + 5, 11 * CHUNK + 5));
        }
        assertThat(given.get()).isEqualTo(2 * (CHUNK + 16));
    }

    @Test
    void everyRangeIsThatOfTheWhole() throws IOException {
        byte[] plain = random(5 * CHUNK + 17);
        ByteRanges opened = Opening.ranges(new Keys.Counted(keys.seal(plain), new AtomicLong()), keys.identities());
        assertThat(opened.size()).isEqualTo(plain.length);

        Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            int offset = random.nextInt(plain.length + 1);
            int length = random.nextInt(plain.length - offset + 1);
            try (InputStream in = opened.open(offset, length)) {
                assertThat(in.readNBytes(length)).isEqualTo(Arrays.copyOfRange(plain, offset, offset + length));
            }
        }
    }

    @Test
    void aRangeOfADamagedChunkFailsAndOthersDoNot() throws IOException {
        byte[] sealed = keys.seal(random(5 * CHUNK));
        sealed[sealed.length - 2 * (CHUNK + 16) - 1] ^= 1;
        ByteRanges opened = Opening.ranges(new Keys.Counted(sealed, new AtomicLong()), keys.identities());

        try (InputStream in = opened.open(0, 2 * CHUNK)) {
            assertThat(in.readAllBytes()).hasSize(2 * CHUNK);
        }
        try (InputStream in = opened.open(2 * CHUNK, 10)) {
            assertThatThrownBy(in::read).isInstanceOf(SealException.class)
                    .hasMessageContaining("bytes 131072 to 196608 are not what was sealed");
        }
    }

    /** Else whoever reads it would take a half dump for a whole one. */
    @Test
    void aFailureOfWhatIsSealedHasNoEnd() throws IOException {
        InputStream broken = new InputStream() {

            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left == 0) {
                    throw new IOException("the dumper has failed");
                }
                left--;
                return 'x';
            }
        };
        Seal seal = Seal.forRecipients(Recipients.of(List.of(keys.recipient())));
        try (Threads.Pool threads = Threads.daemons().pool("seal", 2); InputStream in = seal.seal(broken, threads)) {
            in.readNBytes(10);
            assertThatThrownBy(in::readAllBytes).hasMessageContaining("the dumper has failed");
            assertThatThrownBy(in::read).hasMessageContaining("the dumper has failed");
        }
    }

    /** What a closed pool forgets is never done: whoever waits for it would wait for ever. */
    @Test
    @Timeout(30)
    void aReaderThatWaitsFailsWhenSealingIsStopped() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        try (Threads.Pool threads = Threads.daemons().pool("seal", 1)) {
            threads.submit(() -> {
                busy.await();
                return null;
            });
            InputStream in = Seal.forRecipients(Recipients.of(List.of(keys.recipient())))
                    .seal(new ByteArrayInputStream(random(CHUNK)), threads);
            AtomicReference<Thread> reader = new AtomicReference<>();
            CompletableFuture<byte[]> read = Threads.daemons().call("reader", () -> {
                reader.set(Thread.currentThread());
                return in.readAllBytes();
            });
            await().until(() -> reader.get() != null && reader.get().getState() == Thread.State.WAITING);

            threads.close();
            in.close();

            assertThatThrownBy(read::get).hasRootCauseInstanceOf(CancellationException.class)
                    .hasMessageContaining("sealing was stopped before its end");
            assertThatThrownBy(in::read).hasMessageContaining("sealing was stopped");
        }
    }

    @Test
    void namesNoSecretInWhatItSaysOfWrongKeys() {
        String secret = keys.file().lines().reduce((a, b) -> b).orElseThrow();

        assertThatThrownBy(() -> Recipients.of(List.of(secret))).hasMessageContaining("names an identity")
                .hasMessageNotContaining(secret.substring(16));
        assertThatThrownBy(() -> Identities.parse(secret + "q")).hasMessageContaining("line 1").hasNoCause()
                .hasMessageNotContaining(secret.substring(16, 30));
        assertThatThrownBy(() -> Identities.parse("# nothing\n")).hasMessageContaining("no identity in it");
        assertThatThrownBy(() -> Identities.parse(keys.recipient())).hasMessageContaining("is a recipient");
        assertThatThrownBy(() -> Identities.parse("age-encryption.org/v1\n-> scrypt a 18\n"))
                .hasMessageContaining("sealed itself");
        assertThat(keys.identities().toString()).isEqualTo("Identities[1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5", "age1yubikey1qwerty", "age1",
            "AGE16NSC57VKVKCCE00SW7L30UUKHX2YL4E5D5534TQGADSFH0XLYSAS0L9FJ7"})
    void refusesWhatIsNoRecipient(String text) {
        assertThatThrownBy(() -> Recipients.of(List.of(text))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("(?s).*is no (X25519 )?recipient of age.*");
    }

    @Test
    void readsTheRecipientsOfAFile() {
        assertThat(Recipients.inFile("# of Anna\nage1a\n\n  age1b\t\n#age1c\n")).containsExactly("age1a", "age1b");
        assertThatThrownBy(() -> Recipients.of(List.of())).hasMessageContaining("there is no recipient");
    }

    static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    @Test
    void opensNothingThatIsNotSealed() {
        for (String text : List.of("-- MariaDB dump", "", "age-encryption.org/v2\n",
                "-----BEGIN AGE ENCRYPTED FILE-----\n",
                "x".repeat(2 << 20))) {
            assertThatThrownBy(() -> Opening.stream(new ByteArrayInputStream(text.getBytes()), keys.identities()))
                    .isInstanceOf(SealException.class).isNotInstanceOf(IdentityException.class)
                    .hasMessageMatching("it is (not )?sealed.*");
        }
    }
}
