package io.onedump.binlog.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import io.onedump.artifact.Artifact;
import io.onedump.binlog.event.BinlogName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ArchiveTest {

    private static final long MOST_READ = 20_000_000;

    /** Where something else lies under its name, or the storage is not what it seems. */
    @Test
    void readsNoMoreThanAManifestCanHave() {
        Endless endless = new Endless();

        assertThatThrownBy(() -> new Archive(endless).manifest(1, BinlogName.parse("binlog.000001")))
                .isInstanceOf(IOException.class).hasMessageContaining("binlog.000001")
                .hasMessageContaining("no manifest");
        assertThat(endless.read).isLessThan(MOST_READ);
    }

    private static final class Endless implements ArchiveStore {

        private long read;

        @Override
        public InputStream get(String name) {
            return new InputStream() {
                @Override
                public int read() {
                    read++;
                    return 'x';
                }

                @Override
                public int read(byte[] bytes, int offset, int length) {
                    read += length;
                    return length;
                }
            };
        }

        @Override
        public void put(String name, Artifact artifact) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<String> list(String prefix) {
            return List.of();
        }

        @Override
        public void delete(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
