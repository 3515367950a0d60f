package io.onedump.app.config;

import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.onedump.artifact.Nearest;
import org.apache.camel.CamelContext;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.util.URISupport;

/**
 * Ways in which an endpoint can be written without what is known to be wrong with it, so that one problem hides no
 * other. An option that others depend on gets a good value in place of its own; where it has a few values only and
 * nobody knows which was meant, there is one way for each, and a problem counts when all of them have it.
 */
final class StandIns {

    /** What stands for a path. */
    static final String UNKNOWN = "not-given";

    private static final int MOST = 40;
    private static final String DELEGATE = "delegate";
    private static final String DSN = "dsn";
    private static final Map<String, String> VALUES = Map.of("storage", "file:" + UNKNOWN, "spoolDirectory", UNKNOWN,
            "fileName", UNKNOWN + "-${date:now:yyyyMMddHHmmss}", "accessToken", UNKNOWN, "webhookUrl",
            "https://hooks.slack.com/" + UNKNOWN);
    /** What is needed where another is wrong. */
    private static final Map<String, String> INSTEAD = Map.of("sshKey", "sshPassword", "privateKeyFile", "password",
            "privateKeyUri", "password", "privateKey", "password");
    /** Of delegates, with options that they want. */
    private static final Map<String, Map<String, String>> DELEGATES = Map.of("file:" + UNKNOWN, Map.of(),
            "aws2-s3:" + UNKNOWN, Map.of(), "sftp:" + UNKNOWN + "@" + UNKNOWN + "/x", Map.of("password", UNKNOWN),
            "ftp:" + UNKNOWN + "@" + UNKNOWN + "/x", Map.of(), "dropbox:put", Map.of("accessToken", UNKNOWN),
            "google-drive:drive-files/insert", Map.of("accessToken", UNKNOWN));

    private final CamelContext context;
    private final OptionCatalog catalog;

    StandIns(CamelContext context, OptionCatalog catalog) {
        this.context = context;
        this.catalog = catalog;
    }

    /**
     * One way to write an endpoint.
     *
     * @param place    null for the path as it is written
     * @param options  in place of those that are wrong
     * @param delegate the scheme of the delegate that stands for a storage's own; null for none
     */
    record Way(String place, Map<String, String> options, String delegate) {

        Way with(String option, String value) {
            Map<String, String> more = new LinkedHashMap<>(options);
            more.put(option, value);
            return new Way(place, more, delegate);
        }

        /** The same without the values that stand for another and are found wrong too; null when there is none. */
        Way without(List<Problem> found) {
            Map<String, String> rest = new LinkedHashMap<>(options);
            found.forEach(problem -> rest.remove(problem.option()));
            return rest.size() == options.size() ? null : new Way(place, rest, delegate);
        }
    }

    /** @param wrong the names of the options of which something was told */
    List<Way> ways(EndpointUse use, Set<String> wrong) {
        String scheme = use.endpoint().scheme();
        Set<String> path = catalog.pathOptions(scheme);
        List<Way> ways = path.stream().noneMatch(wrong::contains)
                ? List.of(new Way(null, Map.of(), null))
                : places(use, path);
        for (String option : wrong) {
            List<String> choices = path.contains(option) ? List.of() : catalog.choices(scheme, option);
            if (!choices.isEmpty() && ways.size() * (choices.size() + 1) <= MOST) {
                List<Way> before = ways;
                String meant = meant(String.valueOf(parsed(use).get(option)), choices);
                ways = Stream.concat(meant == null ? before.stream() : Stream.empty(),
                        (meant == null ? choices : List.of(meant)).stream()
                                .flatMap(choice -> before.stream().map(way -> way.with(option, choice))))
                        .toList();
            }
        }
        return ways;
    }

    private List<Way> places(EndpointUse use, Set<String> path) {
        String scheme = use.endpoint().scheme();
        String written = use.endpoint().place();
        String rest = written.substring(Math.min(written.length(), scheme.length() + 1));
        if (path.contains(DELEGATE)) {
            List<String> same = DELEGATES.keySet().stream()
                    .filter(place -> rest.startsWith(place.substring(0, place.indexOf(':') + 1))
                            && !rest.contains(UNKNOWN))
                    .toList();
            return (same.isEmpty() ? DELEGATES.keySet() : same).stream()
                    .map(place -> new Way(scheme + ":" + place, DELEGATES.get(place),
                            same.isEmpty() ? place.substring(0, place.indexOf(':')) : null))
                    .toList();
        }
        List<String> choices = path.size() == 1 ? catalog.choices(scheme, path.iterator().next()) : List.of();
        String meant = meant(rest, choices);
        List<String> places = meant != null ? List.of(meant) : choices;
        return places.isEmpty()
                ? List.of(new Way(scheme + ":" + EndpointCheck.anyPath(scheme), Map.of(), null))
                : places.stream().map(place -> new Way(scheme + ":" + place, Map.of(), null)).toList();
    }

    private static String meant(String written, List<String> choices) {
        return choices.stream().filter(choice -> !Nearest.suggestion(written, List.of(choice)).isEmpty()).findFirst()
                .orElse(null);
    }

    /** The URI in one of the ways, its placeholders resolved. */
    String uri(EndpointUse use, Way way, Set<String> wrong) {
        String uri = use.endpoint().uri();
        if (wrong.isEmpty() && way.place() == null) {
            return use.endpoint().resolved();
        }
        Map<String, Object> options = parsed(use);
        boolean described = way.place() == null;
        for (String option : wrong) {
            Object value = option.endsWith("*") ? null : options.remove(option);
            if (option.endsWith("*")) {
                options.keySet().removeIf(name -> name.startsWith(option.substring(0, option.length() - 1)));
            } else if (option.equals(DSN)) {
                options.put(DSN, dsn(described ? use.endpoint().place() : way.place(), value));
            } else if (VALUES.containsKey(option) && catalog.names(use).contains(option)) {
                options.put(option, VALUES.get(option));
            }
        }
        wrong.stream().map(INSTEAD::get).filter(Objects::nonNull).filter(catalog.names(use)::contains)
                .forEach(option -> options.putIfAbsent(option, UNKNOWN));
        way.options().forEach(options::putIfAbsent);
        String place = described ? URISupport.stripQuery(uri) : way.place();
        try {
            return EndpointHelper.resolveEndpointUriPropertyPlaceholders(context,
                    options.isEmpty() ? place : place + "?" + URISupport.createQueryString(options, false));
        } catch (RuntimeException e) {
            return use.endpoint().resolved();
        }
    }

    private static Map<String, Object> parsed(EndpointUse use) {
        try {
            return new LinkedHashMap<>(URISupport.parseQuery(URISupport.extractQuery(use.endpoint().uri()), false,
                    true));
        } catch (URISyntaxException e) {
            return new LinkedHashMap<>();
        }
    }

    /** Of the family that the endpoint is for. */
    private static String dsn(String place, Object written) {
        boolean postgres = place.startsWith("dump:")
                ? place.matches("dump:(pg|postgres).*")
                : String.valueOf(written).contains("postgres");
        return (postgres ? "postgres" : "mysql") + "://" + UNKNOWN + "@" + UNKNOWN + "/" + UNKNOWN;
    }

    /** What all ways have in common; of delegates nobody knows which it is to be. */
    static List<Problem> common(List<Way> ways, List<List<Problem>> found) {
        List<Problem> first = new ArrayList<>(plain(ways.get(0), found.get(0)));
        for (int i = 1; i < ways.size(); i++) {
            first.retainAll(plain(ways.get(i), found.get(i)));
        }
        return first;
    }

    private static List<Problem> plain(Way way, List<Problem> found) {
        return way.delegate() == null
                ? found
                : found.stream().map(problem -> new Problem(problem.file(), problem.line(), problem.route(),
                        problem.endpoint(), problem.option(),
                        problem.message().replaceAll("\\b" + way.delegate() + "\\b(?! *:)", "its delegate")))
                        .toList();
    }
}
