package io.onedump.binlog;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.Artifact;
import io.onedump.binlog.archive.ArchiveStore;
import io.onedump.storage.ObjectNotFoundException;
import io.onedump.storage.Storage;

/**
 * An archive in one of the product's storages. Those are for one thread at a time: a thread has one until all that it
 * has begun is done, then the next thread gets it, so that there are no more connections than threads at work.
 */
public final class StorageArchiveStore implements ArchiveStore, Closeable {

    private final Opener opener;
    private final String folder;
    private final Map<Thread, Loan> loans = new HashMap<>();
    private final Deque<Storage> free = new ArrayDeque<>();

    /** Opens the storage once more. */
    public interface Opener {
        Storage open() throws IOException;
    }

    /** A storage in the hands of a thread, which may be reading from it while it writes. */
    private final class Loan implements AutoCloseable {

        private final Thread thread = Thread.currentThread();
        private final Storage storage;
        private int uses;

        Loan(Storage storage) {
            this.storage = storage;
        }

        @Override
        public void close() {
            synchronized (StorageArchiveStore.this) {
                // Whoever ends the archive while somebody is at work on it has taken the storage away.
                if (--uses == 0 && loans.remove(thread, this)) {
                    free.push(storage);
                }
            }
        }
    }

    public StorageArchiveStore(Opener opener) {
        this(opener, "");
    }

    /** @param folder in the storage, with a slash at its end, or empty */
    public StorageArchiveStore(Opener opener, String folder) {
        this.opener = opener;
        this.folder = folder;
    }

    /** Shares the storages of this one, which is the one to close. */
    @Override
    public Optional<ArchiveStore> around() {
        return folder.isEmpty() ? Optional.empty() : Optional.of(new Around());
    }

    /** The same storage without the folder, to look at only. */
    private final class Around implements ArchiveStore {

        @Override
        public void put(String name, Artifact artifact) {
            throw new UnsupportedOperationException("nothing is put beside an archive's folder");
        }

        @Override
        public List<String> list(String prefix) throws IOException {
            return listed(prefix, "");
        }

        @Override
        public InputStream get(String name) throws IOException {
            return read(name);
        }

        @Override
        public void delete(String name) {
            throw new UnsupportedOperationException("nothing is removed beside an archive's folder");
        }
    }

    @Override
    public void put(String name, Artifact artifact) throws IOException {
        try (Loan loan = loan()) {
            loan.storage.put(folder + name, artifact);
        }
    }

    @Override
    public List<String> list(String prefix) throws IOException {
        return listed(prefix, folder);
    }

    private List<String> listed(String prefix, String below) throws IOException {
        List<String> names = new ArrayList<>();
        try (Loan loan = loan()) {
            loan.storage.list(below + prefix, object -> names.add(object.path().substring(below.length())));
        }
        return names;
    }

    @Override
    public InputStream get(String name) throws IOException {
        return read(folder + name);
    }

    private InputStream read(String path) throws IOException {
        Loan loan = loan();
        try {
            return new Lent(loan.storage.get(path, 0), loan);
        } catch (ObjectNotFoundException e) {
            loan.close();
            FileNotFoundException missing = new FileNotFoundException(e.getMessage());
            missing.initCause(e);
            throw missing;
        } catch (IOException | RuntimeException | Error e) {
            loan.close();
            throw e;
        }
    }

    @Override
    public void delete(String name) throws IOException {
        try (Loan loan = loan()) {
            loan.storage.delete(folder + name);
        }
    }

    private synchronized Loan loan() throws IOException {
        Loan loan = loans.get(Thread.currentThread());
        if (loan == null) {
            loan = new Loan(free.isEmpty() ? opener.open() : free.pop());
            loans.put(loan.thread, loan);
        }
        loan.uses++;
        return loan;
    }

    @Override
    public synchronized void close() {
        loans.values().forEach(loan -> loan.storage.close());
        loans.clear();
        free.forEach(Storage::close);
        free.clear();
    }

    /** Ends the loan when it is closed, the first time. */
    private static final class Lent extends FilterInputStream {

        private Loan loan;

        Lent(InputStream stream, Loan loan) {
            super(stream);
            this.loan = loan;
        }

        @Override
        public void close() throws IOException {
            Loan ended = loan;
            loan = null;
            try {
                super.close();
            } finally {
                if (ended != null) {
                    ended.close();
                }
            }
        }
    }
}
