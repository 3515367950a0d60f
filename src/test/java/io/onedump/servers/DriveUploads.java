package io.onedump.servers;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The <a href="https://developers.google.com/workspace/drive/api/guides/manage-uploads#resumable">resumable uploads</a>
 * of {@link FakeDrive}: {@code Content-Range} must fit, 308 says how far it came, and a file comes to be with the last
 * byte.
 */
final class DriveUploads {

    static final String PATH = "/session/";

    private static final int CHUNK_UNIT = 256 * 1024;
    private static final int INCOMPLETE = 308;
    private static final Pattern RANGE = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(\\d+|\\*)");

    private final DriveTree tree;
    private final Function<String, Path> content;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    /** @param content where to keep the content of that ID */
    DriveUploads(DriveTree tree, Function<String, Path> content) {
        this.tree = tree;
        this.content = content;
    }

    CloudAnswer start(URI endpoint, String name, DriveItem parent, String fields) throws IOException {
        String id = UUID.randomUUID().toString();
        sessions.put(id, new Session(name, parent, fields, Files.createFile(content.apply(id)), null));
        return CloudAnswer.empty(200, Map.of("Location", endpoint + PATH + id));
    }

    CloudAnswer receive(CloudRequest request) throws IOException {
        String id = request.path().substring(PATH.length());
        Session session = sessions.get(id);
        Matcher range = RANGE.matcher(String.valueOf(request.header("Content-Range")));
        if (session == null) {
            return DriveAnswers.notFound(id);
        }
        if (!range.matches()) {
            return wrong("Content-Range");
        }
        if (session.done() != null) {
            return CloudAnswer.json(200, session.done().json(session.fields()));
        }
        boolean whole = !range.group(3).equals("*");
        long held = Files.size(session.file());
        if (range.group(1) != null) {
            long start = Long.parseLong(range.group(1));
            long length = Long.parseLong(range.group(2)) + 1 - start;
            if (start != held || !whole && length % CHUNK_UNIT != 0) {
                return wrong("Content-Range " + range.group());
            }
            held = receive(request, session.file(), start, length);
        }
        if (whole && held == Long.parseLong(range.group(3))) {
            DriveItem item = tree.add(session.name(), session.parent(), session.file());
            sessions.put(id, session.completed(item));
            return CloudAnswer.json(200, item.json(session.fields()));
        }
        return CloudAnswer.empty(INCOMPLETE, held == 0 ? Map.of() : Map.of("Range", "bytes=0-" + (held - 1)));
    }

    /** The names of what has been begun and is not complete. */
    List<String> pending() {
        return sessions.values().stream().filter(session -> session.done() == null).map(Session::name).toList();
    }

    /** Forgets what a week has passed for. */
    void expire() {
        sessions.clear();
    }

    /** Of a body that breaks off, whole units are kept. */
    private static long receive(CloudRequest request, Path file, long start, long length) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            request.body().transferTo(out);
        } catch (IOException e) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(channel.size() / CHUNK_UNIT * CHUNK_UNIT);
            }
        }
        if (Files.size(file) > start + length) {
            throw new IOException("more came than was announced");
        }
        return Files.size(file);
    }

    private static CloudAnswer wrong(String what) {
        return DriveAnswers.error(400, "badRequest", "Invalid " + what);
    }

    /** @param done null until it is */
    private record Session(String name, DriveItem parent, String fields, Path file, DriveItem done) {

        Session completed(DriveItem item) {
            return new Session(name, parent, fields, file, item);
        }
    }
}
