package io.onedump.binlog.archive;

import static io.onedump.binlog.archive.MadeEvents.concat;
import static io.onedump.binlog.archive.MadeEvents.event;
import static io.onedump.binlog.archive.MadeEvents.format;
import static io.onedump.binlog.archive.MadeEvents.magic;
import static io.onedump.binlog.archive.MadeEvents.rotate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.CorruptBinlogException;
import io.onedump.binlog.event.EventHeader;
import io.onedump.binlog.event.EventType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of the stream, with events made by hand. */
class StagingWriterTest {

    private static final BinlogName FIRST = new BinlogName("binlog", 1);
    private static final int QUERY = EventType.QUERY;

    @TempDir
    Path root;

    private StagingFolder folder;
    private StagingWriter writer;

    @BeforeEach
    void open() throws IOException {
        folder = StagingFolder.create(root, 1, "server");
        writer = new StagingWriter(folder, () -> {
        });
    }

    @Test
    void writesRealEventsOnly() throws IOException {
        byte[] format = format(4);
        byte[] query = event(QUERY, 0, new byte[30], 4 + format.length, true);
        send(rotate("binlog.000001", 4, false));
        send(format);
        send(event(EventType.HEARTBEAT, 0, "binlog.000001".getBytes(StandardCharsets.US_ASCII), 0, false));
        send(format(0));
        send(query);
        writer.close();

        assertThat(Files.readAllBytes(folder.part(FIRST))).isEqualTo(concat(magic(), format, query));
    }

    @Test
    void takesAZeroPositionForARealEvent() throws IOException {
        byte[] query = event(QUERY, 0, new byte[30], -1, true);
        begin();
        send(query);

        assertThat(writer.offset()).isEqualTo(4 + format(4).length + query.length);
    }

    @Test
    void closesAFileWhenTheStreamGoesOnToTheNext() throws IOException {
        begin();
        send(rotate("binlog.000002", 4, true));

        assertThat(folder.closed()).containsExactly(FIRST);
        assertThat(folder.parts()).containsExactly(FIRST.next());
    }

    @Test
    void refusesAnEventWhoseBytesWereSpoiledAndKeepsNoneOfIt() throws IOException {
        begin();
        long before = writer.offset();
        byte[] query = event(QUERY, 0, new byte[30], (int) before, true);
        query[25] ^= 1;

        assertThatThrownBy(() -> send(query)).isInstanceOf(CorruptBinlogException.class)
                .hasMessageContaining("checksum");
        writer.close();

        assertThat(Files.size(folder.part(FIRST))).isEqualTo(before);
    }

    @Test
    void refusesAnEventThatDoesNotFollow() throws IOException {
        begin();

        assertThatThrownBy(() -> send(event(QUERY, 0, new byte[30], (int) writer.offset() + 1, true)))
                .isInstanceOf(CorruptBinlogException.class).hasMessageContaining("was due");
    }

    @Test
    void refusesAStreamThatGoesOnSomewhereElse() throws IOException {
        begin();

        assertThatThrownBy(() -> send(rotate("binlog.000001", 4, false))).hasMessageContaining("the server goes on at");
    }

    @Test
    void joinsTheEventsThatComeInPartsOfAnySize() throws IOException {
        for (int size : new int[] {1, 18, 19, 20, 33, 34, 35, 36, 37, 53}) {
            open(size);
            byte[] query = event(QUERY, 0, new byte[30], (int) writer.offset(), true);
            int first = Math.max(size, EventHeader.LENGTH);
            for (int at = 0; at < query.length;) {
                int to = Math.min(query.length, at == 0 ? first : at + size);
                writer.part(query, at, to, at == 0, to == query.length);
                at = to;
            }
            writer.close();
            byte[] file = Files.readAllBytes(folder.part(FIRST));
            assertThat(Arrays.copyOfRange(file, file.length - query.length, file.length)).isEqualTo(query);
        }
    }

    @Test
    void cutsATornEndOffAndGoesOn() throws IOException {
        begin();
        writer.close();
        byte[] whole = Files.readAllBytes(folder.part(FIRST));
        for (int torn = 1; torn < 53; torn++) {
            byte[] query = event(QUERY, 0, new byte[30], whole.length, true);
            Files.write(folder.part(FIRST), concat(whole, Arrays.copyOf(query, torn)));

            FileScan scan = folder.recover().orElseThrow();
            assertThat(scan.good()).isEqualTo(whole.length);
            try (StagingWriter next = new StagingWriter(folder, () -> {
            })) {
                next.resume(scan);
                next.part(query, 0, query.length, true, true);
            }
            assertThat(Files.readAllBytes(folder.part(FIRST))).isEqualTo(concat(whole, query));
        }
    }

    private void open(int number) throws IOException {
        folder = StagingFolder.create(root, number + 10, "server");
        writer = new StagingWriter(folder, () -> {
        });
        begin();
    }

    private void begin() throws IOException {
        send(rotate("binlog.000001", 4, false));
        send(format(4));
    }

    private void send(byte[] event) throws IOException {
        writer.part(event, 0, event.length, true, true);
    }
}
