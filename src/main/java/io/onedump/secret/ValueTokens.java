package io.onedump.secret;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in the URI of an endpoint for the value of an option, so that the value never becomes a part of a URI:
 * Camel resolves it when it has split the URI into its options, by a lookup of its own ({@code RAW($simple{…})}).
 * Equal values have equal tokens, since Camel knows endpoints by their URIs.
 */
final class ValueTokens {

    private static final String KEY = "onedump-value-";
    private static final String BEFORE = "RAW($simple{properties:" + KEY;
    private static final String AFTER = "})";
    private static final Pattern TOKEN = Pattern.compile(Pattern.quote(BEFORE) + "(\\d+)" + Pattern.quote(AFTER));

    /** Private use characters, since a stand-in goes where Camel reads nothing that has a meaning. */
    private static final char STANDS_IN = '\uE0F6';
    private static final Pattern STAND_IN = Pattern.compile(STANDS_IN + "(\\d{1,9})" + STANDS_IN);

    private static final Map<Value, Integer> NUMBERS = new ConcurrentHashMap<>();
    private static final Map<Integer, Value> VALUES = new ConcurrentHashMap<>();

    /** What is made of a value. */
    enum Kind {
        /** What Camel makes of it. */
        PLAIN,
        /** Nothing at all. */
        LITERAL,
        /** An endpoint, of whose options the same is true as of those of any other. */
        URI;

        static Kind of(String option) {
            return SecretNames.isSecret(option) ? LITERAL : option.equals("storage") ? URI : PLAIN;
        }
    }

    /**
     * @param text    the value, or what it is made of
     * @param whole   whether it is the value; else its placeholders are to be looked up
     */
    record Value(String text, boolean whole, Kind kind) {

        /** Whether it is never a reference. */
        boolean literal() {
            return kind == Kind.LITERAL;
        }

        @Override
        public String toString() {
            return "Value[" + whole + "]";
        }
    }

    private ValueTokens() {
    }

    static String of(Value value) {
        return BEFORE + number(value) + AFTER;
    }

    /** What stands for a value from when the URI has been split until the option is set. */
    static String standIn(String value) {
        return STANDS_IN + String.valueOf(number(new Value(value, true, Kind.LITERAL))) + STANDS_IN;
    }

    /** The value that the text stands for; the text itself when it stands for none. */
    static String replaceStandIn(String text) {
        Matcher matcher = STAND_IN.matcher(text);
        Value value = matcher.matches() ? VALUES.get(Integer.valueOf(matcher.group(1))) : null;
        return value == null ? text : value.text();
    }

    private static int number(Value value) {
        return NUMBERS.computeIfAbsent(value, added -> {
            int next = NUMBERS.size() + VALUES.size() + 1;
            while (VALUES.putIfAbsent(next, added) != null) {
                next++;
            }
            return next;
        });
    }

    /** @param key of a property that Camel looks for */
    static Optional<Value> lookUp(String key) {
        return key.startsWith(KEY) && key.length() < KEY.length() + 10 && key.substring(KEY.length()).matches("\\d+")
                ? Optional.ofNullable(VALUES.get(Integer.valueOf(key.substring(KEY.length()))))
                : Optional.empty();
    }

    /** The text with all tokens replaced by what they stand for, placeholders as they are written. */
    static String written(String text) {
        Matcher matcher = TOKEN.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(
                lookUp(KEY + found.group(1)).map(Value::text).orElse(found.group())));
    }

    /** The text with the tokens of whole values replaced. */
    static String expanded(String text) {
        Matcher matcher = TOKEN.matcher(text);
        return matcher.replaceAll(found -> Matcher.quoteReplacement(lookUp(KEY + found.group(1))
                .filter(Value::whole).map(Value::text).orElse(found.group())));
    }
}
