package io.onedump.rooms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.onedump.docs.Repository;

/**
 * A package of the sources, by what its {@code package-info.java} says of it and by what its code does.
 *
 * @param name below {@code io.onedump}, such as {@code ssh.sftp}
 */
record Room(String name, Path folder) implements Comparable<Room> {

    static final Path SOURCES = Repository.file("src/main/java/io/onedump");

    private static final Pattern PACKAGE_LINE = Pattern.compile("(?m)^package .*$");
    private static final Pattern OURS = Pattern.compile("\\bio\\.onedump((?:\\.[a-z]\\w*)+)\\.[A-Z]");
    private static final Pattern LISTED = Pattern.compile("\\{@code ([\\w.]+)}");

    static List<Room> all() {
        try (Stream<Path> folders = Files.walk(SOURCES)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> new Room(SOURCES.relativize(folder).toString().replace('/', '.'), folder))
                    .filter(room -> !room.sources().isEmpty()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first word of the name: the component, or the family of rooms. */
    String family() {
        return name.replaceFirst("\\..*", "");
    }

    /** The rooms that the code names. */
    Set<String> uses() {
        Set<String> used = new TreeSet<>();
        for (Path source : sources()) {
            Matcher names = OURS.matcher(PACKAGE_LINE.matcher(text(source)).replaceFirst(""));
            while (names.find()) {
                used.add(names.group(1).substring(1));
            }
        }
        used.remove(name);
        return used;
    }

    /** The files that name Camel. */
    List<String> camel() {
        return naming("\\borg\\.apache\\.camel\\b");
    }

    /** The files whose text has a match. */
    List<String> naming(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return sources().stream().filter(source -> wanted.matcher(text(source)).find())
                .map(source -> source.getFileName().toString()).toList();
    }

    /** What the room says of itself: the paragraph that begins with a word and a colon, empty where it says nothing. */
    String says(String word) {
        return paragraphs().filter(paragraph -> paragraph.startsWith(word + ":"))
                .map(paragraph -> paragraph.substring(word.length() + 1).strip()).findFirst().orElse("");
    }

    /** What it is for: the first paragraph. */
    String purpose() {
        return paragraphs().findFirst().orElse("");
    }

    /** The rooms that it says it uses. */
    Set<String> listed() {
        return LISTED.matcher(says("Uses")).results().map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Stream<String> paragraphs() {
        Path info = folder.resolve("package-info.java");
        if (!Files.exists(info)) {
            return Stream.empty();
        }
        String comment = text(info).replaceFirst("(?s)^.*?/\\*\\*", "").replaceFirst("(?s)\\*/.*", "");
        String plain = comment.replaceAll("(?m)^ *\\* ?", "");
        return Stream.of(plain.split("<p>")).map(paragraph -> paragraph.strip().replaceAll("\\s+", " "));
    }

    private List<Path> sources() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int compareTo(Room other) {
        return name.compareTo(other.name);
    }
}
