package io.onedump.binlog.verify;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.archive.FileManifest;
import io.onedump.binlog.event.BinlogName;
import io.onedump.binlog.event.CorruptBinlogException;
import io.onedump.binlog.event.EventReader;
import io.onedump.binlog.event.EventType;
import io.onedump.binlog.event.RotateEvent;

/**
 * Reads an archive as a restore would and checks all that can be checked without the server: sizes and digests of the
 * stored objects, every event's checksum and position, that each file leads to the next, and that no GTID is missing.
 */
public final class ArchiveVerifier {

    private final Archive archive;

    public ArchiveVerifier(Archive archive) {
        this.archive = archive;
    }

    /** @throws IOException when the storage cannot be read at all; what is wrong with the archive is in the answer */
    public Verification verify(int timeline) throws IOException {
        Run run = new Run(timeline);
        List<BinlogName> names = archive.files(timeline);
        FileManifest previous = null;
        for (BinlogName name : names) {
            Optional<FileManifest> manifest = run.manifest(name);
            if (manifest.isPresent()) {
                run.link(previous, manifest.get());
                run.read(manifest.get());
                previous = manifest.get();
            }
        }
        return new Verification(run.files, run.bytes, run.events, run.findings);
    }

    private final class Run {

        private final int timeline;
        private final List<Finding> findings = new ArrayList<>();
        private final GtidContinuity gtids = new GtidContinuity();
        private int files;
        private long bytes;
        private long events;

        Run(int timeline) {
            this.timeline = timeline;
        }

        Optional<FileManifest> manifest(BinlogName name) {
            try {
                return archive.manifest(timeline, name);
            } catch (IOException e) {
                error(name, 0, e.getMessage());
                return damaged(name);
            }
        }

        /** A damaged manifest may hide more: as far as it can be read, what it says is checked all the same. */
        private Optional<FileManifest> damaged(BinlogName name) {
            try {
                return archive.damagedManifest(timeline, name);
            } catch (IOException e) {
                return Optional.empty();
            }
        }

        /** Checks that nothing is missing between two files. */
        void link(FileManifest previous, FileManifest manifest) {
            if (previous == null) {
                return;
            }
            if (!previous.closed()) {
                error(previous.file(), previous.size(),
                        "the rest of this file is missing, yet " + manifest.file() + " follows");
                gtids.forget();
            } else if (!previous.next().equals(manifest.file())) {
                error(previous.file(), previous.size(),
                        previous.next() + " should follow, but " + manifest.file() + " does");
                gtids.forget();
            }
        }

        void read(FileManifest manifest) {
            files++;
            long good = 0;
            try (InputStream in = archive.open(timeline, manifest);
                    EventReader reader = new EventReader(manifest.file().toString(), in)) {
                while (reader.next()) {
                    events++;
                    good = reader.end();
                    gtids.follow(reader).ifPresent(text -> error(manifest.file(), reader.offset(), text));
                    rotate(manifest, reader);
                }
                if (good != manifest.size()) {
                    error(manifest.file(), good, "the file has " + good + " bytes, its manifest says"
                            + " " + manifest.size());
                }
            } catch (CorruptBinlogException e) {
                error(manifest.file(), e.offset(), e.getMessage());
            } catch (IOException e) {
                error(manifest.file(), good, e.getMessage());
            }
            bytes += good;
        }

        private void rotate(FileManifest manifest, EventReader reader) {
            if (reader.type() == EventType.ROTATE && manifest.closed()) {
                BinlogName next = RotateEvent.parse(reader.bytes(), reader.at(), reader.kept()).file();
                if (!next.equals(manifest.next())) {
                    error(manifest.file(), reader.offset(), "the file leads to " + next + ", its manifest to"
                            + " " + manifest.next());
                }
            }
        }

        private void error(BinlogName file, long offset, String text) {
            findings.add(new Finding(timeline, file, offset, text));
        }
    }
}
