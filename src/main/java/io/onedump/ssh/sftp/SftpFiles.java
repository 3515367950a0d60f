package io.onedump.ssh.sftp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.onedump.artifact.Hasher;

/** What is asked of a server about its files, each answer waited for. Used in the channel's thread. */
public record SftpFiles(SftpChannel channel) {

    /** As Linux takes it. */
    private static final int LONGEST_PATH = 4096;
    /** Requests for more of a large folder that are on the way at the same time. */
    private static final int MOST_WAITING = 16;

    /** Takes what a folder holds, as the server gives it. */
    @FunctionalInterface
    public interface Visitor {
        void visit(SftpReply.Entry entry) throws IOException;
    }

    /** Null when there is nothing of that name. */
    public SftpAttributes stat(String file) throws IOException {
        try {
            return channel.call(SftpRequest.stat(file)).attributes();
        } catch (SftpStatusException e) {
            return nullIfMissing(e);
        }
    }

    /** -1 when there is no such file. */
    public long size(String file) throws IOException {
        SftpAttributes attributes = stat(file);
        return attributes == null ? -1 : attributes.size();
    }

    /** That there is no such file is no failure. */
    public void remove(String file) throws IOException {
        try {
            channel.call(SftpRequest.remove(file)).ok();
        } catch (SftpStatusException e) {
            nullIfMissing(e);
        }
    }

    /** The SHA-256 of the file's first {@code length} bytes, or of all if it is shorter; they are sent back for it. */
    public String sha256(String file, long length) throws IOException {
        return Hasher.of(new SftpReader(channel, file, 0), length).sha256();
    }

    /** Visits what is in the folder; a folder that is missing is empty. */
    public void list(String folder, Visitor visitor) throws IOException {
        byte[] handle;
        try {
            handle = channel.call(SftpRequest.openFolder(folder.isEmpty() ? "." : folder)).handle();
        } catch (SftpStatusException e) {
            nullIfMissing(e);
            return;
        }
        FolderSize size = new FolderSize(folder);
        Deque<SftpReply> answers = new ArrayDeque<>();
        int waiting = 0;
        int window = 1;
        boolean ended = false;
        for (int number = 0; !ended || waiting > 0; number++) {
            for (; !ended && waiting < window; waiting++) {
                channel.send(SftpRequest.readFolder(handle), answers::add);
            }
            while (answers.isEmpty()) {
                channel.handleNext();
            }
            waiting--;
            List<SftpReply.Entry> some = answers.poll().entries();
            ended |= some == null;
            for (SftpReply.Entry entry : some == null ? List.<SftpReply.Entry>of() : some) {
                size.add(entry.name());
                visitor.visit(entry);
            }
            // Most folders end with the second answer, and cost no more requests than that.
            window = number == 0 ? 1 : Math.min(MOST_WAITING, 2 * window);
        }
        channel.call(SftpRequest.close(handle)).ok();
    }

    /**
     * Makes what is missing of the folders and of those above them, all in two steps.
     *
     * @param  folders with or without a slash at the end
     * @return         those that are still missing, and why, the outermost first
     */
    public Map<String, SftpStatusException> makeFolders(Collection<String> folders) throws IOException {
        TreeSet<String> parts = new TreeSet<>();
        for (String folder : folders) {
            String whole = folder.endsWith("/") || folder.isEmpty() ? folder : folder + "/";
            for (int slash = whole.indexOf('/', 1); slash > 0; slash = whole.indexOf('/', slash + 1)) {
                parts.add(whole.substring(0, slash));
            }
        }
        Map<String, SftpStatusException> refused = new LinkedHashMap<>();
        for (String part : missing(parts)) {
            channel.send(SftpRequest.makeFolder(part), reply -> {
                try {
                    reply.ok();
                } catch (SftpStatusException e) {
                    refused.put(part, e);
                }
            });
        }
        channel.awaitAnswers();
        if (!refused.isEmpty()) {
            // Another process may have made it in the meantime.
            refused.keySet().retainAll(missing(refused.keySet()));
        }
        return refused;
    }

    /** Those are given back too of which the server does not say whether they are there. */
    private Collection<String> missing(Collection<String> folders) throws IOException {
        List<String> missing = new ArrayList<>();
        for (String folder : folders) {
            channel.send(SftpRequest.stat(folder), reply -> {
                try {
                    reply.attributes();
                } catch (SftpStatusException e) {
                    missing.add(folder);
                }
            });
        }
        channel.awaitAnswers();
        return missing;
    }

    /** Some servers have folders in folders for ever. */
    public static void requireDepth(String path) throws SftpProtocolException {
        if (path.length() > LONGEST_PATH) {
            throw new SftpProtocolException("its folders lead deeper than any file system's: "
                    + path.substring(0, 40) + "…");
        }
    }

    private static SftpAttributes nullIfMissing(SftpStatusException e) throws SftpStatusException {
        if (e.code() != SftpStatusException.NO_SUCH_FILE) {
            throw e;
        }
        return null;
    }
}
