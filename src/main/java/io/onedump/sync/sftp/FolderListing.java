package io.onedump.sync.sftp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.onedump.ssh.sftp.FolderSize;
import io.onedump.ssh.sftp.SftpAttributes;
import io.onedump.ssh.sftp.SftpChannel;
import io.onedump.ssh.sftp.SftpFiles;
import io.onedump.ssh.sftp.SftpReply;
import io.onedump.ssh.sftp.SftpRequest;
import io.onedump.ssh.sftp.SftpStatusException;
import io.onedump.storage.Storage;
import io.onedump.storage.StoredObject;
import io.onedump.storage.TemporaryName;
import io.onedump.sync.PathHashes;
import io.onedump.sync.sftp.SftpServer.Session;

/** Lists folders, many at a time and each with several requests on the way. */
final class FolderListing {

    private static final int FOLDERS = 32;
    private static final int READS = 8;

    private final Session session;
    private final Storage.Visitor visitor;
    private final Deque<String> waiting = new ArrayDeque<>();
    private final PathHashes folders = new PathHashes();
    private final List<StoredObject> temporaries = new ArrayList<>();
    private int open;

    FolderListing(Session session, Storage.Visitor visitor) {
        this.session = session;
        this.visitor = visitor;
    }

    /** @return the folders that are there, below the root, each with a slash at its end */
    PathHashes run() throws IOException {
        waiting.add("");
        while (!waiting.isEmpty() || open > 0) {
            if (!waiting.isEmpty() && open < FOLDERS) {
                start(waiting.poll());
            } else {
                session.channel().handleNext();
            }
        }
        return folders;
    }

    /** What is being sent there, or was when somebody's run broke off; known when the listing has run. */
    List<StoredObject> temporaries() {
        return temporaries;
    }

    private void start(String folder) throws IOException {
        String name = session.server().file(folder);
        open++;
        session.channel().send(SftpRequest.openFolder(name.isEmpty() ? "." : name), reply -> {
            try {
                byte[] handle = reply.handle();
                folders.add(folder);
                new Reading(folder, handle).start();
            } catch (SftpStatusException e) {
                open--;
                if (e.code() != SftpStatusException.NO_SUCH_FILE) {
                    throw e;
                }
            }
        });
    }

    private void found(String folder, SftpReply.Entry entry) throws IOException {
        SftpAttributes attributes = entry.attributes();
        String path = folder + entry.name();
        if (attributes.isFolder()) {
            SftpFiles.requireDepth(path);
            waiting.push(path + "/");
        } else if (attributes.isFile()) {
            StoredObject file = new StoredObject(path, attributes.size(), attributes.modified());
            if (TemporaryName.matches(entry.name())) {
                temporaries.add(file);
            } else {
                visitor.visit(file);
            }
        }
    }

    private final class Reading {

        private final String folder;
        private final byte[] handle;
        private int reads;
        private final FolderSize size;
        private boolean ended;

        Reading(String folder, byte[] handle) {
            this.folder = folder;
            this.handle = handle;
            this.size = FolderSize.ofStream(folder);
        }

        void start() throws IOException {
            for (int i = 0; i < READS; i++) {
                read();
            }
        }

        private void read() throws IOException {
            reads++;
            session.channel().send(SftpRequest.readFolder(handle), this::take);
        }

        private void take(SftpReply reply) throws IOException {
            reads--;
            List<SftpReply.Entry> entries = reply.entries();
            if (entries == null) {
                ended = true;
            } else {
                for (SftpReply.Entry entry : entries) {
                    size.add(entry.name());
                    found(folder, entry);
                }
            }
            if (!ended) {
                read();
            } else if (reads == 0) {
                open--;
                SftpChannel channel = session.channel();
                channel.send(SftpRequest.close(handle), SftpReply::ok);
            }
        }
    }
}
