package io.onedump.ssh.sftp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;

/**
 * Reads many small files with one request each for opening, reading and closing, those of several files on the way at
 * the same time: it takes no more connections, and the distance to the server counts once for many.
 */
public final class SmallFiles {

    /** Servers allow a process some hundred open files. */
    private static final int OPEN_AT_ONCE = 64;

    private final SftpChannel channel;
    private final Deque<Content> come = new ArrayDeque<>();
    private int open;

    /** @param size its bytes, at most what one request may ask for */
    public record File(String path, int size) {
    }

    /** Takes a file that came whole. */
    @FunctionalInterface
    public interface Visitor {
        void visit(File file, byte[] content) throws IOException;
    }

    private record Content(File file, byte[] bytes) {
    }

    public SmallFiles(SftpChannel channel) {
        this.channel = channel;
    }

    /** What the server refuses, or gives only a part of, is left out. */
    public void read(Collection<File> files, Visitor visitor) throws IOException {
        Iterator<File> left = files.iterator();
        while (left.hasNext() || open > 0 || !come.isEmpty()) {
            while (left.hasNext() && open < OPEN_AT_ONCE) {
                ask(left.next());
            }
            if (open > 0) {
                channel.handleNext();
            }
            while (!come.isEmpty()) {
                Content content = come.poll();
                visitor.visit(content.file(), content.bytes());
            }
        }
    }

    private void ask(File file) throws IOException {
        open++;
        channel.send(SftpRequest.read(file.path()), opened -> {
            byte[] handle;
            try {
                handle = opened.handle();
            } catch (SftpStatusException e) {
                open--;
                return;
            }
            channel.send(SftpRequest.read(handle, 0, file.size()), read -> take(file, read));
            channel.send(SftpRequest.close(handle), closed -> {
            });
        });
    }

    private void take(File file, SftpReply reply) throws IOException {
        open--;
        try {
            byte[] data = reply.data();
            if (data != null && data.length == file.size()) {
                come.add(new Content(file, data));
            }
        } catch (SftpStatusException e) {
            // It is read once more, and says so then.
        }
    }
}
