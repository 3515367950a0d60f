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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Finds the files of a source.
 *
 * @param files    those that are meant
 * @param skipped  what is neither a file nor a folder: symbolic links unless they are followed, sockets, pipes, devices
 * @param failures files and folders that cannot be looked at
 */
public record SourceScan(List<SourceFile> files, List<Finding> skipped, List<Finding> failures) {

    private static final String NOT_UTF_8 = "its name is not UTF-8; rename it";
    private static final char REPLACEMENT = '\uFFFD';

    /** Something that is not sent, and why. */
    public record Finding(String path, String reason) {
    }

    /**
     * @param  source                 a file or a folder; when it is itself a symbolic link, what that leads to
     * @param  recursive              whether folders in the folder are meant too
     * @param  followLinks            whether symbolic links stand for what they lead to
     * @throws NoSuchFileException    when there is no such source
     */
    public static SourceScan of(Path source, FileFilter filter, boolean recursive, boolean followLinks)
            throws IOException {
        Path root = source.toRealPath();
        SourceScan scan = new SourceScan(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        if (!Files.isDirectory(root)) {
            String name = source.getFileName().toString();
            scan.files.add(SourceFile.of(name, root, Files.readAttributes(root, BasicFileAttributes.class)));
            return scan;
        }
        Set<FileVisitOption> options =
                followLinks ? EnumSet.of(FileVisitOption.FOLLOW_LINKS) : EnumSet.noneOf(FileVisitOption.class);
        Files.walkFileTree(root, options, recursive ? Integer.MAX_VALUE : 1, scan.new Walk(root, filter));
        return scan;
    }

    private final class Walk extends SimpleFileVisitor<Path> {

        private final Path root;
        private final FileFilter filter;

        Walk(Path root, FileFilter filter) {
            this.root = root;
            this.filter = filter;
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
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = path(file);
            if (attributes.isDirectory() || !filter.acceptsFile(path)) {
                return FileVisitResult.CONTINUE;
            }
            if (isUnnameable(file)) {
                failures.add(new Finding(path, NOT_UTF_8));
            } else if (attributes.isRegularFile()) {
                files.add(SourceFile.of(path, file, attributes));
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
