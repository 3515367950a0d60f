package io.onedump.artifact;

import java.io.IOException;

import com.github.luben.zstd.util.Native;

/** The native library of zstd, of which an application has those for some platforms. */
public final class ZstdLibrary {

    private ZstdLibrary() {
    }

    /** @throws IOException when there is none for this platform, or it cannot be loaded */
    public static void load() throws IOException {
        try {
            Native.load();
        } catch (LinkageError e) {
            throw new IOException("zstd has no library here for " + System.getProperty("os.name") + " on "
                    + System.getProperty("os.arch")
                    + ": add com.github.luben:zstd-jni without a classifier to the class"
                    + " path, or choose compression gzip (" + e.getMessage() + ")", e);
        }
    }
}
