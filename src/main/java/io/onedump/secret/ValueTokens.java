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

    private static final Map<Value, Integer> NUMBERS = new ConcurrentHashMap<>();
    private static final Map<Integer, Value> VALUES = new ConcurrentHashMap<>();

    /**
     * @param text  the value, or what it is made of
     * @param whole whether it is the value; else its placeholders are to be looked up
     */
    record Value(String text, boolean whole) {

        @Override
        public String toString() {
            return "Value[" + whole + "]";
        }
    }

    private ValueTokens() {
    }

    static String of(Value value) {
        int number = NUMBERS.computeIfAbsent(value, added -> {
            int next = NUMBERS.size() + VALUES.size() + 1;
            while (VALUES.putIfAbsent(next, added) != null) {
                next++;
            }
            return next;
        });
        return BEFORE + number + AFTER;
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
