package io.onedump.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of Markdown, of which some parts are examples to run and some are written by tests. */
public record Page(Path file, String text) {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    /** {@code <!-- generated KIND NAME -->} to {@code <!-- end -->}. */
    private static final Pattern GENERATED =
            Pattern.compile("(?s)(<!-- generated (\\w+) ([\\w -]+?) -->\\n)(.*?)(<!-- end -->)");
    private static final Pattern MARKER = Pattern.compile("<!-- *generated");

    /** Set with {@code -Ddocs.update=true} to have generated parts written in place of compared. */
    private static final boolean UPDATE = Boolean.getBoolean("docs.update");

    public static Page read(Path file) {
        try {
            return new Page(file, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Page of(String path) {
        return read(Repository.file(path));
    }

    /** The contents of all fenced blocks in a language. */
    public List<String> blocks(String language) {
        return BLOCK.matcher(text).results().filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    /** The targets of links, without those on the web. */
    public List<String> localLinks() {
        return LINK.matcher(text).results().map(link -> link.group(1)).filter(link -> !link.contains("://")).toList();
    }

    /** The names of the generated parts of a kind. */
    public List<String> generated(String kind) {
        return GENERATED.matcher(text).results().filter(part -> part.group(2).equals(kind)).map(part -> part.group(3))
                .toList();
    }

    /** How many generated parts begin, well-formed or not. */
    public long markers() {
        return MARKER.matcher(text).results().count();
    }

    /** The generated parts without content. */
    public List<String> emptyParts() {
        return GENERATED.matcher(text).results().filter(part -> part.group(4).isBlank())
                .map(part -> part.group(2) + " " + part.group(3)).toList();
    }

    /**
     * Compares the generated parts of a kind with what they should be, or writes them.
     *
     * @param generate the text for a part's name, ending in a line break
     * @return the names of parts that are out of date
     */
    public List<String> outdated(String kind, Function<String, String> generate) {
        List<String> outdated = new ArrayList<>();
        String current = GENERATED.matcher(text).replaceAll(part -> {
            if (!part.group(2).equals(kind)) {
                return Matcher.quoteReplacement(part.group());
            }
            String wanted = expected(part, generate);
            if (!wanted.equals(part.group()) && !UPDATE) {
                outdated.add(file.getFileName() + ": " + kind + " " + part.group(3));
            }
            return Matcher.quoteReplacement(wanted);
        });
        if (UPDATE) {
            try {
                Files.writeString(file, current);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return outdated;
    }

    private static String expected(MatchResult part, Function<String, String> generate) {
        return part.group(1) + "\n" + generate.apply(part.group(3)) + "\n" + part.group(5);
    }
}
