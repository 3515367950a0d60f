package io.onedump.dump.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import io.onedump.artifact.Json;

/** {@link DumpIndex} as JSON, a line for each part and each table. */
final class IndexJson {

    private static final String FORMAT = "onedump";
    private static final int VERSION = 1;

    private IndexJson() {
    }

    static String write(DumpIndex index) {
        return Json.line(json -> {
            json.writeStringField("format", FORMAT);
            json.writeNumberField("version", VERSION);
            origin(json, index.origin());
            Json.objects(json, "parts", index.parts(), IndexJson::part);
            Json.objects(json, "tables", index.tables(), IndexJson::table);
        });
    }

    private static void origin(JsonGenerator json, DumpIndex.Origin origin) throws IOException {
        json.writeStringField("tool", origin.tool());
        json.writeStringField("family", origin.family());
        json.writeStringField("server", origin.server());
        json.writeStringField("started", origin.started());
        json.writeStringField("snapshot", origin.snapshot());
        json.writeNumberField("connections", origin.connections());
        optional(json, "position", origin.position());
        optional(json, "gtid", origin.gtid());
        Json.strings(json, "databases", origin.databases());
        json.writeBooleanField("named", origin.named());
    }

    private static void part(JsonGenerator json, DumpIndex.Part part) throws IOException {
        json.writeStringField("kind", part.kind().word());
        optional(json, "database", part.database());
        optional(json, "name", part.name());
        optional(json, "table", part.table());
        json.writeNumberField("frame", part.frame());
        if (!part.needs().isEmpty()) {
            json.writeFieldName("needs");
            int[] needs = part.needs().stream().mapToInt(Integer::intValue).toArray();
            json.writeArray(needs, 0, needs.length);
        }
    }

    private static void table(JsonGenerator json, DumpIndex.Table table) throws IOException {
        json.writeStringField("database", table.database());
        json.writeStringField("name", table.name());
        json.writeStringField("engine", table.engine());
        Json.strings(json, "columns", table.columns());
        json.writeStringField("select", table.select());
        json.writeStringField("from", table.from());
        json.writeNumberField("rows", table.rows());
        json.writeStringField("digest", String.format("%016x", table.digest()));
        json.writeArrayFieldStart("pieces");
        for (DumpIndex.Piece piece : table.pieces()) {
            json.writeArray(new long[] {piece.frame(), piece.chunk(), piece.rows()}, 0, 3);
        }
        json.writeEndArray();
    }

    private static void optional(JsonGenerator json, String name, String value) throws IOException {
        if (value != null) {
            json.writeStringField(name, value);
        }
    }

    /** @throws IOException when it is not what {@link #write} writes */
    static DumpIndex read(byte[] bytes) throws IOException {
        Fields json = new Fields(Json.read(bytes));
        if (!FORMAT.equals(json.text("format"))) {
            throw new IOException("its table index is of another format: it is no native dump");
        }
        if (json.number("version") != VERSION) {
            throw new IOException("its table index is of version " + json.number("version") + ", this is for version "
                    + VERSION + ": use a newer onedump");
        }
        DumpIndex.Origin origin = new DumpIndex.Origin(json.text("tool"), json.text("family"), json.text("server"),
                json.text("started"), json.text("snapshot"), (int) json.number("connections"),
                json.optional("position"), json.optional("gtid"), json.texts("databases"), json.flag("named"));
        List<DumpIndex.Part> parts = new ArrayList<>();
        for (Fields part : json.objects("parts")) {
            parts.add(part(part));
        }
        List<DumpIndex.Table> tables = new ArrayList<>();
        for (Fields table : json.objects("tables")) {
            tables.add(table(table));
        }
        return new DumpIndex(origin, parts, tables);
    }

    private static DumpIndex.Part part(Fields json) throws IOException {
        try {
            return new DumpIndex.Part(DumpIndex.Kind.of(json.text("kind")), json.optional("database"),
                    json.optional("name"), json.optional("table"), (int) json.number("frame"), json.numbers("needs"));
        } catch (IllegalArgumentException e) {
            throw new IOException("its table index has a part of an unknown kind, '" + json.text("kind") + "'", e);
        }
    }

    private static DumpIndex.Table table(Fields json) throws IOException {
        List<DumpIndex.Piece> pieces = new ArrayList<>();
        for (Object piece : json.list("pieces")) {
            if (!(piece instanceof List<?> numbers) || numbers.size() != 3
                    || !numbers.stream().allMatch(Long.class::isInstance)) {
                throw new IOException("its table index has a piece that is not three numbers");
            }
            pieces.add(new DumpIndex.Piece(Math.toIntExact((Long) numbers.get(0)),
                    Math.toIntExact((Long) numbers.get(1)), (Long) numbers.get(2)));
        }
        String digest = json.text("digest");
        if (!digest.matches("[0-9a-f]{16}")) {
            throw new IOException("its table index has a digest that is none: " + digest);
        }
        return new DumpIndex.Table(json.text("database"), json.text("name"), json.text("engine"),
                json.texts("columns"), json.text("select"), json.text("from"), json.number("rows"),
                Long.parseUnsignedLong(digest, 16), pieces);
    }

    /** The fields of an object, each of the type that it has to have. */
    private record Fields(Map<String, Object> values) {

        String optional(String name) throws IOException {
            return values.containsKey(name) ? text(name) : null;
        }

        String text(String name) throws IOException {
            return get(name, String.class);
        }

        long number(String name) throws IOException {
            return get(name, Long.class);
        }

        boolean flag(String name) throws IOException {
            return get(name, Boolean.class);
        }

        List<?> list(String name) throws IOException {
            return get(name, List.class);
        }

        List<String> texts(String name) throws IOException {
            List<String> texts = new ArrayList<>();
            for (Object text : list(name)) {
                texts.add(String.valueOf(text));
            }
            return texts;
        }

        /** None where there is no such field. */
        List<Integer> numbers(String name) throws IOException {
            List<Integer> numbers = new ArrayList<>();
            for (Object number : values.containsKey(name) ? list(name) : List.of()) {
                if (!(number instanceof Long whole)) {
                    throw wrong(name);
                }
                numbers.add(Math.toIntExact(whole));
            }
            return numbers;
        }

        List<Fields> objects(String name) throws IOException {
            List<Fields> objects = new ArrayList<>();
            for (Object object : list(name)) {
                if (!(object instanceof Map<?, ?> map)) {
                    throw wrong(name);
                }
                @SuppressWarnings("unchecked")
                Map<String, Object> fields = (Map<String, Object>) map;
                objects.add(new Fields(fields));
            }
            return objects;
        }

        private <T> T get(String name, Class<T> type) throws IOException {
            Object value = values.get(name);
            if (!type.isInstance(value)) {
                throw wrong(name);
            }
            return type.cast(value);
        }

        private static IOException wrong(String name) {
            return new IOException("its table index has no '" + name + "' of the right kind: it is damaged");
        }
    }
}
