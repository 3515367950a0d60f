package io.onedump.secret;

import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesLookup;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.util.IOHelper;
import org.slf4j.helpers.NOPLogger;

/**
 * Looks up placeholders so that what is looked up is never read as anything but a value: neither for placeholders nor
 * for the syntax of URIs. In a URI a {@link ValueTokens token} takes the place of each value that is a secret or holds
 * what URIs give a meaning to.
 *
 * <p>Only in the values of properties that are not called like secrets, and for no option that is one, placeholders are
 * still looked up, as users of Camel expect.
 */
final class ValueParser extends DefaultPropertiesParser {

    private static final Pattern TEXT = Pattern.compile(" from (the )?text: ");
    /** Values that Camel reads in a URI as they are. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.:/,;@*?!~$()\\[\\]{}<>|^'\"# =-]*");
    private static final Pattern MEANT = Pattern.compile("\\$simple\\{|RAW[({]|\\{\\{|}}|(?<!^)#|^\\s|\\s$|\\s\\s");
    private static final Pattern QUERY = Pattern.compile("[A-Za-z][\\w.*-]*=.*", Pattern.DOTALL);
    /** Private use characters around the number of a value that is final while Camel reads the text around it. */
    private static final char MARK = '\uE0F7';
    private static final Pattern MARKED = Pattern.compile(MARK + "(\\d+)" + MARK);

    /** Values with braces, as Camel would hand them in to look for placeholders when it sets an option. */
    private final Map<String, String> withBraces = new ConcurrentHashMap<>();
    private final ThreadLocal<Map<String, String>> marks = new ThreadLocal<>();

    private final ThreadLocal<Boolean> forSecret = ThreadLocal.withInitial(() -> false);
    /** Whether what is looked up becomes a part of a URI. */
    private final ThreadLocal<Boolean> forUri = ThreadLocal.withInitial(() -> false);
    /** Properties that are being looked up, of which none is made of itself. */
    private final ThreadLocal<Set<String>> passwords = ThreadLocal.withInitial(HashSet::new);
    private final PropertiesComponent properties;

    ValueParser(PropertiesComponent properties) {
        super(properties);
        this.properties = properties;
        silence();
    }

    /** Camel writes each value that it finds into the log of the parser's class, which has a name of ours. */
    private void silence() {
        try {
            Field log = DefaultPropertiesParser.class.getDeclaredField("log");
            log.setAccessible(true);
            log.set(this, NOPLogger.NOP_LOGGER);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            throw new IllegalStateException("the log of Camel's parser for properties would show secrets, and it"
                    + " cannot be turned off; use the version of Camel that this one was made for", e);
        }
    }

    /** Whether a value may stand in a URI as it is. */
    static boolean isPlain(String value) {
        return PLAIN.matcher(value).matches() && !MEANT.matcher(value).find();
    }

    @Override
    public String parseUri(String text, PropertiesLookup lookup, boolean defaults, boolean keepUnresolvedOptional,
            boolean nested) {
        String braces = withBraces.get(text);
        if (braces != null) {
            return Escapes.of(braces);
        }
        Placeholders.Found whole = Placeholders.whole(text);
        if (whole != null) {
            ValueTokens.Value value = ValueTokens.lookUp(whole.key()).orElse(null);
            if (value != null) {
                String looked = value.whole()
                        ? value.text()
                        : value.kind() == ValueTokens.Kind.URI
                                ? uri(value.text(), new Parsing(lookup, defaults, nested))
                                : value(value.text(), lookup, defaults);
                return Escapes.of(keep(value.literal() ? Literals.of(looked) : looked));
            }
        }
        Parsing parsing = new Parsing(lookup, defaults, nested);
        if (!keepUnresolvedOptional) {
            String parsed = text(text, parsing, false);
            return Escapes.atEnd(parsed != null && Literals.isNeededFor(parsed) && isFinalAtStart(text)
                    && isForOption() ? Literals.of(parsed) : parsed);
        }
        if (QUERY.matcher(text).matches()) {
            return Escapes.of(query(text, parsing));
        }
        int query = start(text);
        return Escapes.atEnd(query < 0
                ? text(text, parsing, true)
                : joined(text(text.substring(0, query), parsing, true),
                        Escapes.of(query(text.substring(query + 1), parsing))));
    }

    /** Whether Camel is about to set an option of a component or a bean, which is in no URI. */
    private static boolean isForOption() {
        return StackWalker.getInstance().walk(frames -> frames
                .anyMatch(frame -> frame.getClassName().equals(PropertyBindingSupport.class.getName())));
    }

    private record Parsing(PropertiesLookup lookup, boolean defaults, boolean nested) {
    }

    /** What Camel makes of a text, but what comes from files and the environment is final. */
    private String text(String text, Parsing parsing, boolean keepUnresolvedOptional) {
        Map<String, String> found = new LinkedHashMap<>();
        return unmarked(marked(text, parsing, keepUnresolvedOptional, found), found);
    }

    /** The same with marks in the place of what is final. */
    private String marked(String text, Parsing parsing, boolean keepUnresolvedOptional, Map<String, String> found) {
        Map<String, String> outer = marks.get();
        marks.set(found);
        try {
            return super.parseUri(text, parsing.lookup(), parsing.defaults(), keepUnresolvedOptional,
                    parsing.nested());
        } catch (IllegalArgumentException e) {
            throw withoutText(e);
        } finally {
            if (outer == null) {
                marks.remove();
            } else {
                marks.set(outer);
            }
        }
    }

    private static String unmarked(String text, Map<String, String> found) {
        return text == null || found.isEmpty()
                ? text
                : MARKED.matcher(text).replaceAll(mark -> Matcher.quoteReplacement(
                        found.getOrDefault(mark.group(1), mark.group())));
    }

    /** The URI of an endpoint that is itself the value of an option: what is looked up for its options are values. */
    private String uri(String template, Parsing parsing) {
        Map<String, String> found = new LinkedHashMap<>();
        boolean outer = forUri.get();
        forUri.set(true);
        String uri;
        try {
            uri = Placeholders.replace(template, key -> key.startsWith("?")
                    && lookUp(key, parsing.lookup(), parsing.defaults()) == null
                            ? null
                            : marked("{{" + key.replaceFirst("^\\?", "") + "}}", parsing, false, found));
        } finally {
            forUri.set(outer);
        }
        int query = uri.indexOf('?');
        if (query < 0 || !MARKED.matcher(uri.substring(query)).find()) {
            return unmarked(uri, found);
        }
        return unmarked(uri.substring(0, query + 1), found) + Query.options(uri.substring(query + 1)).stream()
                .map(option -> MARKED.matcher(option.value()).find()
                        ? option.name() + "=" + ValueTokens.of(new ValueTokens.Value(unmarked(option.value(), found),
                                true, ValueTokens.Kind.of(option.name())))
                        : option.written())
                .collect(Collectors.joining("&"));
    }

    /** Camel says which text it was reading, and that may be a secret. */
    private static IllegalArgumentException withoutText(IllegalArgumentException e) {
        String message = e.getMessage();
        Matcher text = TEXT.matcher(message == null ? "" : message);
        return text.find() ? new IllegalArgumentException(message.substring(0, text.start())) : e;
    }

    /** Called by Camel with every value that it has found. */
    @Override
    public String parseProperty(String key, String value, PropertiesLookup lookup) {
        if (value == null || value.equals(IOHelper.lookupEnvironmentVariable(key))) {
            return value == null ? null : mark(value);
        }
        boolean secret = SecretNames.isSecret(key);
        if (!secret && forUri.get() && marks.get() != null && !value.contains("{{") && !value.contains("?")) {
            return mark(value);
        }
        if (!secret && !forSecret.get() || marks.get() == null || !passwords.get().add(key)) {
            return value;
        }
        try {
            return mark(password(value, lookup, secret && !SecretNames.isPassword(key)));
        } finally {
            passwords.get().remove(key);
        }
    }

    /**
     * A password may name a file or another property; braces that name nothing are a part of it.
     *
     * @param address whether it is only a part, so that a default behind a colon is meant as one
     */
    private String password(String value, PropertiesLookup lookup, boolean address) {
        return Placeholders.replace(value, key -> isKnown(key, lookup)
                || address && key.matches("[\\w.-]+:.*")
                        ? text("{{" + key + "}}", new Parsing(lookup, true, true), false)
                        : "{{" + key + "}}");
    }

    private boolean isKnown(String key, PropertiesLookup lookup) {
        int colon = key.indexOf(':');
        return colon > 0 && properties.getPropertiesFunction(key.substring(0, colon)) != null
                || key.matches("[\\w.-]+") && !passwords.get().contains(key) && lookup.lookup(key, null) != null;
    }

    /** A stand-in for a value that is not to be read any further; the value itself where nobody would put it back. */
    String mark(String value) {
        Map<String, String> found = marks.get();
        if (found == null) {
            return value;
        }
        String number = String.valueOf(found.size());
        found.put(number, value);
        return MARK + number + MARK;
    }

    private String query(String query, Parsing parsing) {
        return Query.options(query).stream().flatMap(option -> option(option, parsing))
                .collect(Collectors.joining("&"));
    }

    private Stream<String> option(Query.Option option, Parsing parsing) {
        String name = option.name().contains("{{") ? text(option.name(), parsing, false) : option.name();
        // Camel's catalog calls secret what may hold one.
        boolean uri = ValueTokens.Kind.of(name) == ValueTokens.Kind.URI;
        boolean secret = !uri && (option.raw() || SecretNames.isSecret(name));
        if (secret && Literals.isNeededFor(option.value()) && Placeholders.in(option.value()).isEmpty()) {
            return Stream.of(name + "=" + ValueTokens.of(new ValueTokens.Value(option.value(), true,
                    ValueTokens.Kind.LITERAL)));
        }
        if (!option.value().contains("{{") && !option.value().contains("}}")) {
            return Stream.of(name.equals(option.name()) ? option.written() : name + "=" + option.value());
        }
        Placeholders.Found whole = Placeholders.whole(option.value());
        if (whole != null && whole.isOptional() && lookUp(whole.key(), parsing.lookup(), parsing.defaults()) == null) {
            return Stream.empty();
        }
        if (secret) {
            // So that a lookup that fails fails here, where Camel says of which endpoint.
            value(option.value(), parsing.lookup(), parsing.defaults());
            return Stream.of(name + "=" + ValueTokens.of(new ValueTokens.Value(option.value(), false,
                    ValueTokens.Kind.LITERAL)));
        }
        String value = uri
                ? uri(option.value(), parsing)
                : Placeholders.replace(option.value(), key -> key.startsWith("?")
                        ? optional(key, parsing)
                        : text("{{" + key + "}}", parsing, false));
        boolean literal = isFinalAtStart(option.value()) && Literals.isNeededFor(value);
        return Stream.of(name + "=" + (isPlain(value) && !literal
                ? value
                : ValueTokens.of(new ValueTokens.Value(keep(value), true,
                        literal ? ValueTokens.Kind.LITERAL : ValueTokens.Kind.PLAIN))));
    }

    /** Whether what a value begins with is written by no author of routes. */
    private boolean isFinalAtStart(String template) {
        return Placeholders.in(template).stream().limit(1).filter(found -> found.start() == 0)
                .map(found -> found.key().replaceFirst("^\\?", ""))
                .anyMatch(key -> EndpointValues.isFinal(key) || SecretNames.isSecret(key));
    }

    private String optional(String key, Parsing parsing) {
        return lookUp(key, parsing.lookup(), parsing.defaults()) == null
                ? null
                : text("{{" + key.substring(1) + "}}", parsing, false);
    }

    /** Looks up each placeholder once, and reads nothing of what it finds. */
    private String value(String template, PropertiesLookup lookup, boolean defaults) {
        return Placeholders.replace(template, key -> lookUp(key, lookup, defaults));
    }

    /** Null for an optional one that has no value. */
    private String lookUp(String key, PropertiesLookup lookup, boolean defaults) {
        // The name of a property or a file may be made of others.
        String name = key.contains("{{") ? text(key, new Parsing(lookup, defaults, true), false) : key;
        boolean outer = forSecret.get();
        forSecret.set(true);
        try {
            return text("{{" + name + "}}", new Parsing(lookup, defaults, false), false);
        } finally {
            forSecret.set(outer);
        }
    }

    /** Camel looks for placeholders once more when it sets the option; it is to find this one's value again. */
    private String keep(String value) {
        if (value != null && value.contains("{{")) {
            String handed = value.contains("}}") ? value : value + "}}";
            withBraces.put(handed, value);
            if (handed.startsWith("{{!")) {
                withBraces.put("{{" + handed.substring(3), value);
            }
        }
        return value;
    }

    /** Of the options; a question mark behind braces is that of an optional placeholder. */
    private static int start(String text) {
        List<Placeholders.Found> placeholders = Placeholders.in(text);
        for (int at = text.indexOf('?'); at >= 0; at = text.indexOf('?', at + 1)) {
            int position = at;
            if (placeholders.stream().noneMatch(found -> found.start() < position && position < found.end())) {
                return at;
            }
        }
        return -1;
    }

    private static String joined(String path, String query) {
        return query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + query;
    }
}
