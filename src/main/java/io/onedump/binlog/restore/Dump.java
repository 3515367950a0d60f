package io.onedump.binlog.restore;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

import com.github.luben.zstd.ZstdInputStream;
import io.onedump.artifact.Artifact;
import io.onedump.artifact.Compression;
import io.onedump.database.mysql.BinlogPosition;

/** A stored dump, plain or compressed as its name says. */
public record Dump(Artifact artifact) {

    /** Where in the binary log it was made. */
    public BinlogPosition position() throws IOException {
        try (InputStream sql = open()) {
            return DumpPosition.find(artifact.name(), sql);
        }
    }

    /** Its SQL. */
    InputStream open() throws IOException {
        InputStream stored = artifact.open();
        if (artifact.name().endsWith(Compression.ZSTD.extension())) {
            return new ZstdInputStream(stored).setContinuous(false);
        }
        return artifact.name().endsWith(Compression.GZIP.extension()) ? new GZIPInputStream(stored) : stored;
    }
}
