package io.onedump.sync.source;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;

import io.onedump.storage.TemporaryName;

/** Finds the files of a source, in no order and without keeping them. */
public final class SourceScan {

    private static final String NOT_UTF_8 = "its name is not UTF-8; rename it";
    private static final char REPLACEMENT = '\uFFFD';

    private final Path root;
    private final boolean isFolder;
    private final String name;
    private final FileFilter filter;
    private final FirstOf<Finding> skipped = new FirstOf<>();
    private final FirstOf<Finding> failures = new FirstOf<>();

    /** Something that is not sent, and why. */
    public record Finding(String path, String reason) {
    }

    /** Takes a file that was found. */
    public interface Visitor {
        void visit(SourceFile file) throws IOException;
    }

    /**
     * @param  source              a file or a folder; when it is itself a symbolic link, what that leads to
     * @throws NoSuchFileException when there is no such source
     */
    public SourceScan(Path source, FileFilter filter) throws IOException {
        this.root = source.toRealPath();
        this.isFolder = Files.isDirectory(root);
        this.name = source.getFileName() == null ? "" : source.getFileName().toString();
        this.filter = filter;
    }

    /**
     * Visits the files that are meant.
     *
     * @param recursive   whether folders in the folder are meant too
     * @param followLinks whether symbolic links stand for what they lead to
     */
    public void run(boolean recursive, boolean followLinks, Visitor visitor) throws IOException {
        if (!isFolder) {
            visitor.visit(SourceFile.of(name, root, Files.readAttributes(root, BasicFileAttributes.class)));
            return;
        }
        Set<FileVisitOption> options =
                followLinks ? EnumSet.of(FileVisitOption.FOLLOW_LINKS) : EnumSet.noneOf(FileVisitOption.class);
        Files.walkFileTree(root, options, recursive ? Integer.MAX_VALUE : 1, new Walk(visitor));
    }

    /** A file that was visited, from what is known of it. */
    public SourceFile file(String path, long size, long modified) {
        return new SourceFile(path, isFolder ? root.resolve(path) : root, size, modified);
    }

    /**
     * What is neither a file nor a folder: symbolic links unless they are followed, sockets, pipes, devices; and what
     * has the name of a file that is still being written.
     */
    public FirstOf<Finding> skipped() {
        return skipped;
    }

    /** Files and folders that could not be looked at. */
    public FirstOf<Finding> failures() {
        return failures;
    }

    private final class Walk extends SimpleFileVisitor<Path> {

        private final Visitor visitor;

        Walk(Visitor visitor) {
            this.visitor = visitor;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (isUnnameable(folder)) {
                failures.add(new Finding(path(folder), NOT_UTF_8));
                return FileVisitResult.SKIP_SUBTREE;
            }
            return folder.equals(root) || filter.acceptsFolder(root.relativize(folder))
                    ? FileVisitResult.CONTINUE
                    : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            String path = path(file);
            if (attributes.isDirectory() || !filter.acceptsFile(path)) {
                return FileVisitResult.CONTINUE;
            }
            if (isUnnameable(file)) {
                failures.add(new Finding(path, NOT_UTF_8));
            } else if (TemporaryName.matches(file.getFileName().toString())) {
                // No destination lists such files, so that each run would send them again.
                skipped.add(new Finding(path, "a temporary file of a put or a sync"));
            } else if (attributes.isRegularFile()) {
                visitor.visit(SourceFile.of(path, file, attributes));
            } else {
                skipped.add(new Finding(path, attributes.isSymbolicLink() ? "a symbolic link" : "not a regular file"));
            }
            return FileVisitResult.CONTINUE;
        }

        /** A broken link is visited as a link; what vanished between its folder's listing and now ends here. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
                throw e;
            }
            if (e instanceof FileSystemLoopException) {
                skipped.add(new Finding(path(file), "a symbolic link to a folder above it"));
            } else {
                failures.add(new Finding(path(file), SourceFiles.reason(e)));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            if (e != null) {
                failures.add(new Finding(folder.equals(root) ? "." : path(folder), SourceFiles.reason(e)));
            }
            return FileVisitResult.CONTINUE;
        }

        /** Whether the text of the name is not the name, so that several files might have the same. */
        private boolean isUnnameable(Path file) {
            String text = file.toString();
            return text.indexOf(REPLACEMENT) >= 0 && !Path.of(text).equals(file);
        }

        private String path(Path file) {
            return root.relativize(file).toString();
        }
    }
}
