package io.onedump.dump.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import org.junit.jupiter.api.Test;

class Xxh64Test {

    @Test
    void knowsTheValuesOfItsSpecification() {
        assertThat(Xxh64.hash(new byte[0], 0, 0)).isEqualTo(0xEF46DB3751D8E999L);
        assertThat(Xxh64.hash("a".getBytes(StandardCharsets.US_ASCII), 0, 1)).isEqualTo(0xD24EC4F1A98C6E5BL);
        assertThat(Xxh64.hash("abc".getBytes(StandardCharsets.US_ASCII), 0, 3)).isEqualTo(0x44BC2CF5AD770999L);
    }

    /** zstd ends its frames with the lower half. */
    @Test
    void agreesWithZstdAtEveryLength() {
        byte[] bytes = new byte[300];
        new Random(7).nextBytes(bytes);
        try (ZstdCompressCtx zstd = new ZstdCompressCtx()) {
            zstd.setChecksum(true);
            for (int length = 1; length <= bytes.length; length++) {
                byte[] frame = new byte[(int) Zstd.compressBound(length) + 8];
                int size = zstd.compressByteArray(frame, 0, frame.length, bytes, 0, length);
                int checksum = ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).getInt(size - 4);
                assertThat((int) Xxh64.hash(bytes, 0, length)).as("length " + length).isEqualTo(checksum);
            }
        }
    }

    @Test
    void isTheSameInPieces() {
        byte[] bytes = new byte[1000];
        new Random(8).nextBytes(bytes);
        for (int piece = 1; piece < 100; piece++) {
            Xxh64 hash = new Xxh64();
            for (int at = 0; at < bytes.length; at += piece) {
                hash.update(bytes, at, Math.min(piece, bytes.length - at));
            }
            assertThat(hash.value()).as("pieces of " + piece).isEqualTo(Xxh64.hash(bytes, 0, bytes.length));
        }
    }
}
