package io.onedump.sync.source;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;

/**
 * Which files of a folder are meant. A pattern is a glob; with a slash it is about the whole path below the source,
 * such as {@code logs/**}, without one about the name in any folder, such as {@code *.sql}.
 */
public final class FileFilter {

    private final List<Pattern> includes;
    private final List<Pattern> excludes;

    private record Pattern(PathMatcher matcher, boolean wholePath) {

        static Pattern of(String glob) {
            boolean wholePath = glob.contains("/");
            String pattern = glob.startsWith("/") ? glob.substring(1) : glob;
            return new Pattern(FileSystems.getDefault().getPathMatcher("glob:" + pattern), wholePath);
        }

        boolean matches(Path path) {
            return matcher.matches(wholePath ? path : path.getFileName());
        }
    }

    /**
     * @param  includes                 empty for all
     * @throws IllegalArgumentException when one of them is not a glob
     */
    public FileFilter(List<String> includes, List<String> excludes) {
        this.includes = includes.stream().map(Pattern::of).toList();
        this.excludes = excludes.stream().map(Pattern::of).toList();
    }

    /** @param path of a file, relative to the source */
    public boolean acceptsFile(String path) {
        Path relative = Path.of(path);
        for (Path folder = relative.getParent(); folder != null; folder = folder.getParent()) {
            if (isExcluded(folder)) {
                return false;
            }
        }
        return !isExcluded(relative)
                && (includes.isEmpty() || includes.stream().anyMatch(glob -> glob.matches(relative)));
    }

    /** Whether files may be meant that are in this folder or deeper, if they may be in the folder that it is in. */
    public boolean acceptsFolder(Path relative) {
        return !isExcluded(relative);
    }

    private boolean isExcluded(Path relative) {
        return excludes.stream().anyMatch(glob -> glob.matches(relative));
    }
}
