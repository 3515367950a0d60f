package io.onedump.binlog.restore;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Compression;
import io.onedump.artifact.SealedName;
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
        if (SealedName.is(artifact.name())) {
            throw new IOException(artifact.name() + " is sealed: open it first, by onedump download --identity or"
                    + " age -d; or use onedump restore --to, which opens it with --identity");
        }
        return Compression.ofName(artifact.name()).decompress(artifact.open());
    }
}
