package io.onedump.slowlog.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** The logs that a user names: files, folders, standard input. */
public final class LogFiles {

    /** Standard input, in place of a file's name. */
    public static final String STDIN = "-";

    private LogFiles() {
    }

    /**
     * The logs in the order of their names' places; a folder's files in the order of their names.
     *
     * @param places files, folders or {@link #STDIN}; none is standard input
     * @param glob   which files of a folder, for example {@code *slow*.log*}
     * @throws IOException when a folder cannot be read or has no such file
     */
    public static List<LogInput> find(List<String> places, String glob, InputStream stdin) throws IOException {
        List<LogInput> logs = new ArrayList<>();
        for (String place : places.isEmpty() ? List.of(STDIN) : places) {
            if (place.equals(STDIN)) {
                logs.add(LogInput.stream("standard input", () -> stdin));
            } else if (Files.isDirectory(Path.of(place))) {
                logs.addAll(filesOf(Path.of(place), glob));
            } else {
                logs.add(LogInput.file(Path.of(place)));
            }
        }
        return logs;
    }

    private static List<LogInput> filesOf(Path folder, String glob) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> matching = Files.newDirectoryStream(folder, glob)) {
            matching.forEach(file -> {
                if (Files.isRegularFile(file)) {
                    files.add(file);
                }
            });
        } catch (DirectoryIteratorException e) {
            throw unreadable(folder, e.getCause());
        } catch (PatternSyntaxException e) {
            throw new IOException("option glob: '" + glob + "' is no pattern for files: " + e.getDescription(), e);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        if (files.isEmpty()) {
            throw new IOException("folder " + folder + " has no file that matches " + glob);
        }
        Collections.sort(files);
        return files.stream().map(LogInput::file).toList();
    }

    private static IOException unreadable(Path folder, IOException e) {
        return new IOException("folder " + folder + ": " + LogFailure.of(folder.toString(), e).message(), e);
    }
}
