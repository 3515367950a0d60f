package io.onedump.dump.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;
import io.onedump.encrypt.age.Identities;
import io.onedump.encrypt.age.NewIdentity;
import io.onedump.encrypt.age.Opening;
import io.onedump.encrypt.age.Recipients;
import io.onedump.encrypt.age.Seal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A native dump is read frame by frame through its seal, and no more of it than the chunks that hold the frame. */
class SealedDumpFileTest {

    private static final int CHUNK = 64 * 1024 + 16;
    private static final int FRAMES = 20;

    private final NewIdentity key = NewIdentity.generate(Instant.EPOCH);
    private final AtomicLong given = new AtomicLong();
    private final List<String> sql = new ArrayList<>();
    private byte[] sealed;

    @BeforeEach
    void seal() throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(plain, null);
        Random random = new Random(7);
        List<DumpIndex.Part> parts = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            StringBuilder text = new StringBuilder("-- frame " + i + "\n");
            random.ints(200_000, ' ', '~').forEach(character -> text.append((char) character));
            sql.add(text.append('\n').toString());
            parts.add(new DumpIndex.Part(DumpIndex.Kind.HEAD, null, null, null, writer.frame(sql.get(i))));
        }
        writer.finish(new DumpIndex(new DumpIndex.Origin("onedump test", "mariadb", "10.11.1-MariaDB",
                "2026-11-30T07:00:00Z", "one-connection", 1, "binlog.000001:4", null, List.of("shop"), false), parts,
                List.of()));
        try (Threads.Pool threads = Threads.daemons().pool("seal", 2);
                InputStream in = Seal.forRecipients(Recipients.of(List.of(key.recipient())))
                        .seal(new ByteArrayInputStream(plain.toByteArray()), threads)) {
            sealed = in.readAllBytes();
        }
    }

    private DumpFile open() throws IOException {
        return DumpFile.open(Opening.ranges(new ByteRanges() {
            @Override
            public long size() {
                return sealed.length;
            }

            @Override
            public InputStream open(long offset, long length) {
                int count = (int) Math.min(length, sealed.length - offset);
                given.addAndGet(count);
                return new ByteArrayInputStream(sealed, (int) offset, count);
            }
        }, Identities.parse(key.file())));
    }

    private static String text(DumpFile dump, int frame) throws IOException {
        try (InputStream in = dump.sql(dump.frame(frame))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFrameIsReadByTheChunksThatHoldIt() throws IOException {
        DumpFile dump = open();
        assertThat(given.get()).isLessThan(6L * CHUNK).isLessThan(sealed.length / 4);
        given.set(0);

        assertThat(text(dump, 7)).isEqualTo(sql.get(7));
        assertThat(given.get()).isLessThan(dump.frame(7).size() + 2L * CHUNK);
        for (int i = 0; i < FRAMES; i++) {
            assertThat(text(dump, i)).isEqualTo(sql.get(i));
        }
    }

    @Test
    void aFrameWhoseChunkIsDamagedFailsAndTheOthersDoNot() throws IOException {
        DumpFile whole = open();
        int at = (int) whole.frame(7).offset() + 70_000;
        sealed[at] ^= 1;
        DumpFile dump = open();

        assertThatThrownBy(() -> text(dump, 7)).hasStackTraceContaining("are not what was sealed");
        assertThat(text(dump, 15)).isEqualTo(sql.get(15));
    }
}
