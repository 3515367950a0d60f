package io.onedump.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;

/**
 * Writes and reads JSON (RFC 8259); what is written is always an object. Quotes, backslashes and control characters are
 * escaped, and those that would reorder or hide a text on a terminal; all other characters stand for themselves.
 */
public final class Json {

    /** Writes the fields of an object. */
    @FunctionalInterface
    public interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** Writes the fields of an object for that value. */
    @FunctionalInterface
    public interface Value<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    private static final JsonFactory FACTORY = new JsonFactory().setCharacterEscapes(new Escapes());

    private Json() {
    }

    /** Beside those of every JSON: C1 control characters, directions of a text, line breaks of Unicode. */
    private static final class Escapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;

        @Override
        public int[] getEscapeCodesForAscii() {
            return CharacterEscapes.standardAsciiEscapesForJSON();
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            return switch (Character.getType(character)) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                        Character.PRIVATE_USE ->
                    new SerializedString(String.format("\\u%04x", character));
                default -> null;
            };
        }
    }

    /** In one line, without its end. */
    public static String line(Fields fields) {
        return text(fields, false);
    }

    /** For people too: a field a line, and a line end last. */
    public static String indented(Fields fields) {
        return text(fields, true) + "\n";
    }

    /** A generator of many objects, one after the other; closing it flushes and leaves the stream open. */
    public static JsonGenerator objects(OutputStream out) throws IOException {
        JsonGenerator json = FACTORY.createGenerator(out);
        json.setRootValueSeparator(null);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        return json;
    }

    public static JsonParser parser(Path file) throws IOException {
        return FACTORY.createParser(file.toFile());
    }

    /** A parser of one or more values; closing it closes the stream. */
    public static JsonParser parser(InputStream in) throws IOException {
        return FACTORY.createParser(in);
    }

    /**
     * An object as a map, arrays as lists, whole numbers as {@link Long}, others as {@link Double}. For what fits into
     * memory.
     *
     * @throws IOException when it is not one object in JSON
     */
    public static Map<String, Object> read(byte[] bytes) throws IOException {
        try (JsonParser json = FACTORY.createParser(bytes)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("it is no object in JSON");
            }
            Map<String, Object> object = object(json);
            if (json.nextToken() != null) {
                throw new IOException("something follows the object in JSON");
            }
            return object;
        }
    }

    private static Map<String, Object> object(JsonParser json) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, value(json));
        }
        return fields;
    }

    private static Object value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> {
                List<Object> values = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    values.add(value(json));
                }
                yield values;
            }
            case VALUE_NULL -> null;
            case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
            case VALUE_NUMBER_INT -> json.getLongValue();
            case VALUE_NUMBER_FLOAT -> json.getDoubleValue();
            default -> json.getText();
        };
    }

    /** A field with objects in their order. */
    public static <T> void objects(JsonGenerator json, String name, List<T> values, Value<T> value)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (T each : values) {
            json.writeStartObject();
            value.write(json, each);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The same as it goes along, for what need not fit into the memory. */
    public static void indented(Writer out, Fields fields) throws IOException {
        write(out, fields, true);
        out.write('\n');
    }

    /** A field with texts in their order. */
    public static void strings(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static String text(Fields fields, boolean indented) {
        StringWriter text = new StringWriter();
        try {
            write(text, fields, indented);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return text.toString();
    }

    private static void write(Writer out, Fields fields, boolean indented) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            if (indented) {
                json.setPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));
            }
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
    }
}
