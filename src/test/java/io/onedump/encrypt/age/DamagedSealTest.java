package io.onedump.encrypt.age;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;

import org.junit.jupiter.api.Test;

/** Nothing of what was sealed can change or be missing unseen. */
class DamagedSealTest {

    private static final int CHUNK = 64 * 1024 + 16;

    private final Keys keys = Keys.generate();

    @Test
    void everyBitCounts() throws IOException {
        byte[] sealed = keys.seal("insert into t values (1);".getBytes());
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> keys.open(flipped)).as("bit " + bit).isInstanceOf(SealException.class);
            assertThatThrownBy(() -> keys.openRanges(flipped)).as("bit " + bit).isInstanceOf(SealException.class);
        }
    }

    @Test
    void everyByteCounts() throws IOException {
        byte[] sealed = keys.seal("insert into t values (1);".getBytes());
        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> keys.open(cut)).as("length " + length).isInstanceOf(SealException.class);
            assertThatThrownBy(() -> keys.openRanges(cut)).as("length " + length).isInstanceOf(SealException.class);
        }
    }

    @Test
    void aCutNearTheEndOfAChunkIsSeen() throws IOException {
        byte[] sealed = keys.seal(SealTest.random(3 * 64 * 1024));
        for (int chunk = 1; chunk <= 3; chunk++) {
            for (int more = -34; more <= 34; more++) {
                int length = sealed.length - chunk * CHUNK + more;
                byte[] cut = Arrays.copyOf(sealed, length);
                assertThatThrownBy(() -> keys.open(cut)).as("length " + length).isInstanceOf(SealException.class);
                assertThatThrownBy(() -> keys.openRanges(cut)).as("length " + length)
                        .isInstanceOf(SealException.class);
            }
        }
        assertThatThrownBy(() -> keys.open(Arrays.copyOf(sealed, sealed.length - CHUNK)))
                .hasMessageContaining("it is cut off");
    }

    @Test
    void bytesBehindTheEndAreSeen() throws IOException {
        for (int size : new int[] {0, 10, 64 * 1024, 2 * 64 * 1024}) {
            byte[] sealed = keys.seal(SealTest.random(size));
            for (int more : new int[] {1, 16, 17, CHUNK}) {
                byte[] longer = Arrays.copyOf(sealed, sealed.length + more);
                assertThatThrownBy(() -> keys.open(longer)).isInstanceOf(SealException.class);
                assertThatThrownBy(() -> keys.openRanges(longer)).isInstanceOf(SealException.class);
            }
        }
    }

    @Test
    void chunksThatChangedPlacesAreSeen() throws IOException {
        byte[] sealed = keys.seal(SealTest.random(3 * 64 * 1024 + 5));
        int start = sealed.length - 3 * CHUNK - 21;
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, start, swapped, start + CHUNK, CHUNK);
        System.arraycopy(sealed, start + CHUNK, swapped, start, CHUNK);

        assertThatThrownBy(() -> keys.open(swapped)).isInstanceOf(SealException.class);
        assertThatThrownBy(() -> keys.openRanges(swapped)).isInstanceOf(SealException.class);
        assertThat(keys.open(sealed)).hasSize(3 * 64 * 1024 + 5);
    }
}
