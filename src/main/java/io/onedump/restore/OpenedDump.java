package io.onedump.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.SealedName;
import io.onedump.encrypt.age.Identities;
import io.onedump.encrypt.age.IdentityException;
import io.onedump.encrypt.age.Opening;
import io.onedump.encrypt.age.SealException;
import io.onedump.restore.choice.RestoreException;

/** A sealed dump, opened: what is read of it is what was sealed, or fails. What is written of it goes with it. */
public final class OpenedDump implements StoredDump, AutoCloseable {

    private static final int HEAD = 64;

    private final StoredDump sealed;
    private final Identities identities;
    private final ByteRanges bytes;
    private Path opened;

    private OpenedDump(StoredDump sealed, Identities identities, ByteRanges bytes) {
        this.sealed = sealed;
        this.identities = identities;
        this.bytes = bytes;
    }

    /** What is done with a dump. */
    public interface Use<T, E extends Exception> {
        T with(StoredDump dump) throws IOException, E;
    }

    /**
     * Does something with the dump, which is opened when it is sealed.
     *
     * @param  wayOut           how to name the identity that opens it, for messages
     * @throws RestoreException when nothing that was given opens it, before anything is done
     */
    public static <T, E extends Exception> T use(StoredDump dump, Identities identities, String wayOut,
            Use<T, E> use) throws IOException, E {
        if (!isSealed(dump)) {
            return use.with(dump);
        }
        try (OpenedDump opened = new OpenedDump(dump, identities, ranges(dump, identities, wayOut))) {
            return use.with(opened);
        }
    }

    private static ByteRanges ranges(StoredDump dump, Identities identities, String wayOut) throws IOException {
        try {
            return Opening.ranges(dump.bytes(), identities);
        } catch (IdentityException e) {
            throw new RestoreException(dump.name() + ": " + e.getMessage() + "; " + wayOut, e);
        } catch (SealException e) {
            throw new RestoreException(dump.name() + ": " + e.getMessage(), e);
        }
    }

    private static boolean isSealed(StoredDump dump) throws IOException {
        int length = (int) Math.min(HEAD, dump.bytes().size());
        try (InputStream in = dump.bytes().open(0, length)) {
            return Opening.isSealed(in.readNBytes(length));
        }
    }

    @Override
    public String name() {
        return SealedName.plain(sealed.name());
    }

    @Override
    public ByteRanges bytes() {
        return bytes;
    }

    /** All of it is proved before the first byte of the file is used. */
    @Override
    public Path file(Path folder) throws IOException {
        Path whole = sealed.file(folder);
        opened = Files.createTempFile(folder, "opened-", "");
        try (InputStream in = Opening.stream(Files.newInputStream(whole), identities)) {
            Files.copy(in, opened, StandardCopyOption.REPLACE_EXISTING);
        } catch (SealException e) {
            throw new RestoreException(sealed.name() + ": " + e.getMessage(), e);
        }
        return opened;
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            Files.deleteIfExists(opened);
        }
    }
}
