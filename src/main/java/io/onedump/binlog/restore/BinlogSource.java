package io.onedump.binlog.restore;

import java.io.IOException;
import java.io.InputStream;

import io.onedump.binlog.archive.FileManifest;

/** Gives the bytes of an archived file: straight from the archive, or from a copy that is made on the way. */
interface BinlogSource {

    InputStream open(FileManifest file) throws IOException;
}
