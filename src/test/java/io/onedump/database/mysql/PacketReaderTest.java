package io.onedump.database.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketReaderTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 8183, 8188, 8189, 8192, 0xffff, (1 << 18) - 5, (1 << 18) - 4, (1 << 18) + 1, (1 << 20) - 5,
            1 << 20, (1 << 20) + 1, 0xfffffe, 0xffffff, 0x1000000, 0x1fffffe,
            0x1fffffd})
    void joinsPayloadsOfEveryLength(int length) throws IOException {
        byte[] payload = new byte[length];
        new Random(length).nextBytes(payload);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        write(stream, new byte[] {1, 2, 3});
        write(stream, payload);
        write(stream, new byte[] {4, 5});

        PacketReader reader = new PacketReader(new ByteArrayInputStream(stream.toByteArray()));

        assertThat(reader.payload(1 << 30)).containsExactly(1, 2, 3);
        assertThat(reader.payload(1 << 30)).isEqualTo(payload);
        assertThat(reader.payload(1 << 30)).containsExactly(4, 5);
        assertThat(reader.dry()).isTrue();
    }

    @Test
    void handsOutManySmallPayloadsFromStreamsThatDeliverBytewise() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            write(stream, new byte[] {(byte) i});
        }
        PacketReader reader = new PacketReader(new ByteArrayInputStream(stream.toByteArray()) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(1, length));
            }
        });
        for (int i = 0; i < 1000; i++) {
            reader.next();
            assertThat(reader.first() && reader.last()).isTrue();
            assertThat(reader.buffer()[reader.offset()]).isEqualTo((byte) i);
        }
    }

    /** Hundreds of connections wait for hours, and none says more than the one before. */
    @Test
    void aConnectionThatSaysLittleHasALittleBuffer() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            write(stream, new byte[1000]);
        }
        PacketReader reader = new PacketReader(new ByteArrayInputStream(stream.toByteArray()) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                return super.read(bytes, offset, Math.min(1004, length));
            }
        });
        for (int i = 0; i < 1000; i++) {
            reader.next();
        }

        assertThat(reader.buffer()).hasSizeLessThanOrEqualTo(16 << 10);
    }

    @Test
    void readsMuchAtATimeFromAServerThatSaysMuch() throws IOException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            write(stream, new byte[1000]);
        }
        int[] reads = {0};
        PacketReader reader = new PacketReader(new ByteArrayInputStream(stream.toByteArray()) {
            @Override
            public synchronized int read(byte[] bytes, int offset, int length) {
                reads[0]++;
                return super.read(bytes, offset, length);
            }
        });
        for (int i = 0; i < 1000; i++) {
            reader.next();
        }

        assertThat(reads[0]).isLessThan(15);
    }

    @Test
    void saysWhenTheServerClosesInTheMiddleOfAPacket() {
        PacketReader reader = new PacketReader(new ByteArrayInputStream(new byte[] {5, 0, 0, 0, 1, 2}));

        assertThatThrownBy(() -> reader.payload(1 << 30)).isInstanceOf(EOFException.class)
                .hasMessage("the server closed the"
                        + " connection");
    }

    private static void write(ByteArrayOutputStream out, byte[] payload) {
        int at = 0;
        int length;
        do {
            length = Math.min(PacketReader.MAX_PACKET, payload.length - at);
            out.write(length);
            out.write(length >> 8);
            out.write(length >> 16);
            out.write(0);
            out.write(payload, at, length);
            at += length;
        } while (length == PacketReader.MAX_PACKET);
    }

    /** A length that a hostile server makes up is not allocated. */
    @Test
    void refusesAPayloadThatIsTooLongBeforeItIsRead() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0xff;
            }
        };

        assertThatThrownBy(() -> new PacketReader(endless).payload(1000))
                .isInstanceOf(IOException.class).hasMessageContaining("more than 1000 bytes");
    }
}
