package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void escapesWhatMustBeAndNothingElse() {
        assertThat(Json.line(json -> json.writeStringField("a\"", "\\ \n \u0001 \u007f ü 漢 😀 /")))
                .isEqualTo("{\"a\\\"\":\"\\\\ \\n \\u0001 \u007f ü 漢 😀 /\"}");
    }

    @Test
    void isOneLineOrMany() {
        Json.Fields fields = json -> {
            json.writeNumberField("n", 1);
            Json.strings(json, "texts", List.of("a", "b"));
        };

        assertThat(Json.line(fields)).isEqualTo("{\"n\":1,\"texts\":[\"a\",\"b\"]}");
        assertThat(Json.indented(fields)).isEqualTo("{\n  \"n\" : 1,\n  \"texts\" : [ \"a\", \"b\" ]\n}\n");
    }

    /** A reader of JSON finds them again; a terminal does not obey them. */
    @Test
    void escapesWhatATerminalWouldObey() {
        assertThat(Json.line(json -> json.writeStringField("a", "\u001b\u009b\u202e\u2066\u200b\u2028")))
                .isEqualTo("{\"a\":\"\\u001b\\u009b\\u202e\\u2066\\u200b\\u2028\"}".replace("\\u001b",
                        "\\u001B"));
    }
}
