package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

import io.onedump.artifact.BytesArtifact;
import io.onedump.binlog.event.BinlogName;
import org.junit.jupiter.api.Test;

/** What a status tells of gaps, from names as far as they go. */
class TimelineListingTest {

    private final MemoryStore store = new MemoryStore();

    @Test
    void asksForNoManifestWhereTheNamesTellAll() throws IOException {
        for (int number = 1; number <= 500; number++) {
            closed(number, number + 1);
        }

        assertThat(gaps()).isEmpty();
        assertThat(store.calls(MemoryStore.Call.GET)).isZero();
        assertThat(store.calls(MemoryStore.Call.LIST)).isEqualTo(1);
    }

    @Test
    void findsAFileThatIsMissing() throws IOException {
        closed(1, 2);
        closed(2, 3);
        closed(4, 5);

        assertThat(gaps()).singleElement().asString().startsWith("from binlog.000002:").contains("to binlog.000004 ");
    }

    @Test
    void findsAFileThatWasCutOff() throws IOException {
        closed(1, 2);
        put(file(2) + ".0000000000-0000000100", "part");
        manifest(
                new FileManifest(file(2), FileManifest.State.CUT, "", "8.0.31", "f", Instant.EPOCH, Instant.EPOCH, null,
                        List.of(new Piece(file(2) + ".0000000000-0000000100", 0, 100, 4, "0"))));
        closed(3, 4);

        assertThat(gaps()).singleElement().asString().startsWith("from binlog.000002:100 ");
    }

    @Test
    void asksTheManifestOfAClosedFileThatHasPartsStill() throws IOException {
        closed(1, 2);
        put(file(1) + ".0000000000-0000000100.zst", "part");
        closed(2, 3);

        assertThat(gaps()).isEmpty();
        assertThat(store.calls(MemoryStore.Call.GET)).isEqualTo(2);
    }

    private List<String> gaps() throws IOException {
        Archive archive = new Archive(store);
        return ArchiveStatus.gaps(archive, archive.newest().orElseThrow());
    }

    private void closed(int number, int next) throws IOException {
        put(file(number) + ".zst", "whole");
        manifest(new FileManifest(file(number), FileManifest.State.CLOSED, "", "8.0.31", "f", Instant.EPOCH,
                Instant.EPOCH, file(next), List.of(new Piece(file(number) + ".zst", 0, 100, 5, "0"))));
    }

    private void manifest(FileManifest manifest) throws IOException {
        put(ArchiveNames.manifest(manifest.file()), manifest.text());
    }

    private void put(String name, String text) throws IOException {
        store.put(ArchiveNames.object(1, name), new BytesArtifact(name, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static BinlogName file(int number) {
        return new BinlogName("binlog", number);
    }
}
