package io.onedump.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Crc32Test {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 8, 255, 4096, 65537, 99_999, 100_000})
    void combinesPartsToTheWhole(int length) {
        byte[] whole = new byte[100_000];
        new Random(length).nextBytes(whole);
        long first = crc32(Arrays.copyOfRange(whole, 0, whole.length - length));
        long second = crc32(Arrays.copyOfRange(whole, whole.length - length, whole.length));
        assertThat(Crc32.combine(first, second, length)).isEqualTo(crc32(whole));
    }

    @Test
    void writesItAsS3Does() {
        assertThat(Crc32.toBase64(crc32("Hello World!".getBytes()))).isEqualTo("HCkco w==".replace(" ", ""));
    }

    private static long crc32(byte[] bytes) {
        CRC32 crc32 = new CRC32();
        crc32.update(bytes);
        return crc32.getValue();
    }
}
