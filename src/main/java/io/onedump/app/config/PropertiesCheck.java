package io.onedump.app.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.artifact.Nearest;

/** Checks properties: values of those that we read ourselves, and names that nobody reads. */
public final class PropertiesCheck {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{[?!]*([^{}:?!]+)");
    private static final Pattern FUNCTION = Pattern.compile("\\$(?:simple)?\\{properties(?:Exist)?:([^{}:]+)");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*\\*?|\\*");
    private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");
    private static final String NOTIFY = "notify.failFast";

    /** Properties that the program reads itself, with what is wrong with a value. */
    private static final Map<String, Function<String, Optional<String>>> KNOWN = known();
    /** What the shipped routes read; whose names begin so is nobody else's. */
    private static final Map<String, Function<String, Optional<String>>> SHIPPED = shipped();
    private static final List<String> FAMILIES = List.of("onedump.", "retry.", "slack.", "notify.");

    private final Configuration configuration;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> wrong = new TreeSet<>();

    public PropertiesCheck(Configuration configuration) {
        this(configuration, System.getenv());
    }

    PropertiesCheck(Configuration configuration, Map<String, String> environment) {
        this.configuration = configuration;
        this.environment = environment;
    }

    /**
     * All problems, each with its file and line.
     *
     * @param thorough whether to look also for names that nobody reads, which stop no job
     */
    public List<Problem> problems(boolean thorough) {
        Map<String, Place> given = new LinkedHashMap<>();
        configuration.propertiesFiles().forEach(file -> read(file, given));
        Set<String> read = names(given);
        given.forEach((name, place) -> {
            check(name, place);
            if (thorough && !values().containsKey(name) && !name.startsWith("camel.") && !read.contains(name)) {
                unread(name, given, read).ifPresent(problem -> problems.add(place.problem(name, problem)));
            }
        });
        values().forEach((name, check) -> {
            String variable = name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
            String set = System.getProperty(name, environment.get(variable));
            if (set != null) {
                check.apply(set).ifPresent(problem -> problems.add(Problem.of("environment",
                        "variable " + variable + ": " + problem)));
            }
        });
        return problems;
    }

    /** The names of properties that Camel itself would refuse. */
    public Set<String> wrong() {
        return wrong;
    }

    private record Place(String file, int line, String value) {

        Problem problem(String name, String message) {
            return new Problem(file, line, null, null, null, "property " + name + ": " + message);
        }
    }

    private void check(String name, Place place) {
        Function<String, Optional<String>> check = values().get(name);
        if (check != null) {
            if (!place.value().contains("{{")) {
                check.apply(place.value()).ifPresent(problem -> problems.add(place.problem(name, problem)));
            }
        } else if (name.startsWith("camel.")) {
            CamelProperties.problem(name, place.value()).ifPresent(problem -> {
                wrong.add(name);
                problems.add(place.problem(name, problem));
            });
        }
    }

    /** A property that nobody reads may be somebody's note; one that is nearly the name of a missing one is not. */
    private Optional<String> unread(String name, Map<String, Place> given, Set<String> read) {
        Optional<String> family = FAMILIES.stream().filter(name::startsWith).findFirst();
        if (family.isPresent()) {
            List<String> others = Stream.concat(values().keySet().stream(), read.stream())
                    .filter(other -> other.startsWith(family.get())).distinct().sorted().toList();
            String meant = Nearest.suggestion(name, others);
            return Optional.of("nothing reads it" + (meant.isEmpty() ? "; there are " + others : meant));
        }
        List<String> missing = read.stream().filter(other -> !given.containsKey(other) && !isSet(other)).toList();
        String meant = Nearest.suggestion(name, missing);
        return meant.isEmpty() ? Optional.empty() : Optional.of("nothing reads it" + meant);
    }

    private boolean isSet(String name) {
        return System.getProperty(name) != null
                || environment.containsKey(name.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
    }

    /** The names that routes and other properties read. */
    private Set<String> names(Map<String, Place> given) {
        Set<String> names = new TreeSet<>();
        Stream.concat(configuration.routeFiles().stream()
                .map(file -> new String(file.content(), StandardCharsets.UTF_8)),
                given.values().stream().map(Place::value))
                .forEach(text -> Stream.of(PLACEHOLDER, FUNCTION)
                        .forEach(pattern -> pattern.matcher(text).results()
                                .forEach(found -> names.add(found.group(1).strip()))));
        return names;
    }

    /** What an earlier file says wins. */
    private void read(Path file, Map<String, Place> given) {
        try {
            String text = Files.readString(file);
            Properties all = new Properties();
            all.load(new StringReader(text));
            List<String> lines = text.lines().toList();
            all.stringPropertyNames().stream().sorted().forEach(name -> given.putIfAbsent(name,
                    new Place(file.toString(), line(lines, name), all.getProperty(name).strip())));
        } catch (IOException | IllegalArgumentException e) {
            problems.add(Problem.of(file.toString(), "cannot be read: " + e.getMessage()));
        }
    }

    /** The last line that sets it, as it is the one that counts. */
    private static int line(List<String> lines, String name) {
        Pattern sets = Pattern.compile("\\s*" + Pattern.quote(name) + "\\s*([=:\\s].*)?");
        int last = 0;
        for (int line = 0; line < lines.size(); line++) {
            last = sets.matcher(lines.get(line)).matches() ? line + 1 : last;
        }
        return last;
    }

    private static Map<String, Function<String, Optional<String>>> values() {
        Map<String, Function<String, Optional<String>>> values = new LinkedHashMap<>(KNOWN);
        values.putAll(SHIPPED);
        return values;
    }

    private static Map<String, Function<String, Optional<String>>> known() {
        return Map.of("onedump.work-directory", PropertiesCheck::folder, "onedump.state-directory",
                PropertiesCheck::folder, "onedump.exec-environment",
                value -> refused(value.isBlank()
                        || Stream.of(value.split(",")).allMatch(name -> VARIABLE.matcher(name.strip()).matches()),
                        value, "a list of variables such as AWS_*, RESTIC_PASSWORD_FILE"),
                "onedump.jobs.parallel",
                value -> refused(WHOLE.matcher(value).matches() && Integer.parseInt(value) >= 1, value,
                        "a whole number of at least 1"),
                NOTIFY, value -> refused(value.isEmpty() || value.matches("(?i)true|false"), value, "true or false"));
    }

    private static Map<String, Function<String, Optional<String>>> shipped() {
        Map<String, Function<String, Optional<String>>> shipped = new LinkedHashMap<>();
        for (String name : List.of("retry.connect.attempts", "retry.storage.attempts")) {
            shipped.put(name, value -> refused(value.equals("-1") || WHOLE.matcher(value).matches(), value,
                    "a whole number"));
        }
        for (String name : List.of("retry.connect.delay", "retry.storage.delay", "retry.storage.max-delay")) {
            shipped.put(name, value -> refused(WHOLE.matcher(value).matches(), value,
                    "a whole number of milliseconds"));
        }
        shipped.put("retry.storage.multiplier",
                value -> refused(value.matches("\\d+(\\.\\d+)?"), value, "a number such as 2"));
        for (String name : List.of("slack.webhook-url", "slack.channel", "slack.username", "slack.icon")) {
            shipped.put(name, value -> Optional.empty());
        }
        return shipped;
    }

    private static Optional<String> folder(String value) {
        try {
            Path there = Path.of(value).toAbsolutePath();
            while (there != null && !Files.exists(there)) {
                there = there.getParent();
            }
            return value.isEmpty()
                    ? Optional.of("it names no folder")
                    : there == null || Files.isDirectory(there)
                            ? Optional.empty()
                            : Optional.of(there + " is a file where a folder is needed");
        } catch (InvalidPathException e) {
            return Optional.of("'" + value + "' is no name of a folder");
        }
    }

    private static Optional<String> refused(boolean good, String value, String expected) {
        return good ? Optional.empty() : Optional.of("'" + value + "' is not " + expected);
    }
}
