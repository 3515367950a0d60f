package io.onedump.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlackFakeTest {

    private static final String MESSAGE = "{\"text\": \"backup \\u2705 done\", \"channel\": \"#ops\"}";

    private final SlackFake slack = SlackFake.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        slack.close();
    }

    @Test
    void keepsMessages() throws Exception {
        assertThat(post("application/json; charset=utf-8", MESSAGE)).isEqualTo("200 ok");
        assertThat(slack.messages()).containsExactly(new SlackFake.Message("backup ✅ done", MESSAGE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json | {"text": "unfinished    | 400 invalid_payload
            application/json | {"text": "a"} more      | 400 invalid_payload
            application/json | ["text"]                | 400 invalid_payload
            application/json | {"text": " "}           | 400 no_text
            application/json | {"blocks": []}          | 400 no_text
            text/plain       | {"text": "a"}           | 400 invalid_payload
            """)
    void refusesWhatSlackRefuses(String contentType, String body, String answer) throws Exception {
        assertThat(post(contentType, body)).isEqualTo(answer);
        assertThat(slack.messages()).isEmpty();
    }

    @Test
    void failsAsOftenAsTold() throws Exception {
        slack.failNext(2, 500);
        assertThat(post("application/json", MESSAGE)).startsWith("500");
        assertThat(post("application/json", MESSAGE)).startsWith("500");
        assertThat(post("application/json", MESSAGE)).startsWith("200");
        assertThat(slack.messages()).hasSize(1);
        assertThat(slack.calls()).isEqualTo(3);
    }

    @Test
    void hangsAsOftenAsTold() throws Exception {
        slack.hangNext(1);
        assertThatThrownBy(() -> post("application/json", MESSAGE)).isInstanceOf(HttpTimeoutException.class);
        assertThat(post("application/json", MESSAGE)).startsWith("200");
    }

    private String post(String contentType, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(HttpRequest.newBuilder(slack.url())
                .timeout(Duration.ofSeconds(2))
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }
}
