package io.onedump.sync.sftp;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.onedump.artifact.Hasher;
import io.onedump.sync.source.SourceArtifact;
import io.onedump.sync.source.SourceFile;

/**
 * A file that all connections send together, block by block. Its temporary name follows from the source file's, so that
 * a later run finds what a broken one has left. No block is begun more than {@link SftpLimits#SPAN} behind the first
 * one that is not acknowledged: whatever happens, a file on the server is whole up to that much before its end.
 */
final class LargeUpload {

    private final SourceFile file;
    private final String temporary;
    private final CompletableFuture<String> sha256;
    private final TreeSet<Long> incomplete = new TreeSet<>();
    private final Deque<Block> lost = new ArrayDeque<>();
    private long next;
    private boolean ended;

    /** A part of the file. */
    record Block(LargeUpload upload, long offset, int length) {
    }

    LargeUpload(SourceFile file, SftpServer server) {
        this.file = file;
        this.temporary = server.temporary(file);
        this.sha256 = server.settings().threads().call("sync hash", this::hash);
    }

    SourceFile file() {
        return file;
    }

    String temporary() {
        return temporary;
    }

    /** How much of a temporary file of that size is certainly whole. */
    static long whole(long size) {
        return Math.max(0, size - SftpLimits.SPAN - SftpLimits.BLOCK) / SftpLimits.BLOCK * SftpLimits.BLOCK;
    }

    /** @param offset what is there already */
    synchronized void startAt(long offset) {
        next = offset;
    }

    /** The next block to send; null when there is none now. */
    synchronized Block nextBlock() {
        if (ended) {
            return null;
        }
        Block block = lost.poll();
        if (block == null && next < file.size()
                && (incomplete.isEmpty() || next - incomplete.first() < SftpLimits.SPAN)) {
            block = new Block(this, next, (int) Math.min(SftpLimits.BLOCK, file.size() - next));
            next += block.length;
            incomplete.add(block.offset);
        }
        return block;
    }

    /** @return whether it was the last */
    synchronized boolean arrived(Block block) {
        incomplete.remove(block.offset);
        return !ended && incomplete.isEmpty() && next == file.size();
    }

    /** Its connection broke before the server had acknowledged it. */
    synchronized void lost(Block block) {
        lost.add(block);
    }

    /** @return false when it had ended before */
    synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first;
    }

    synchronized boolean isEnded() {
        return ended;
    }

    /** Of the source file, read by a thread of its own while the blocks are sent. */
    String sha256() throws IOException {
        try {
            return sha256.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            throw e;
        }
    }

    /** Of the source file's first bytes. */
    String sha256(long length) throws IOException {
        return Hasher.of(new SourceArtifact(file, bytes -> {
        }).open(), length).sha256();
    }

    private String hash() {
        try {
            return new SourceArtifact(file, bytes -> {
            }).digest().sha256();
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }
}
