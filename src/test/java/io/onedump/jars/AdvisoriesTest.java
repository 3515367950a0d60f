package io.onedump.jars;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service is a fake one. */
class AdvisoriesTest {

    private static final List<String> ARTIFACTS = List.of("a.b:c:1.0", "d:e:2.1");

    private HttpServer service;
    private int status = 200;
    private String answer;
    private String asked;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/v1/querybatch", exchange -> {
            asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void tellsWhichArtifactAnAdvisoryIsAbout() throws IOException {
        answer = "{\"results\":[{},{\"vulns\":[{\"id\":\"GHSA-1\",\"modified\":\"x\"},{\"id\":\"GHSA-2\"}]}]}";

        assertThat(advisories().of(ARTIFACTS)).isEqualTo(Map.of("d:e:2.1", List.of("GHSA-1", "GHSA-2")));
        assertThat(asked).contains("\"queries\"", "\"ecosystem\":\"Maven\"", "\"name\":\"a.b:c\"",
                "\"version\":\"1.0\"", "\"name\":\"d:e\"");
    }

    @Test
    void findsNothingOnlyWhereTheServiceSaysSo() throws IOException {
        answer = "{\"results\":[{},{}]}";

        assertThat(advisories().of(ARTIFACTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"results\":[{}]}", "{\"results\":[]}", "<html>log in</html>", "[]", "null"})
    void anAnswerThatIsNotAboutEachIsNone(String text) {
        answer = text;

        assertThatThrownBy(() -> advisories().of(ARTIFACTS)).isInstanceOf(IOException.class)
                .hasMessageStartingWith("could not ask ");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 400, 404, 500, 503})
    void aRefusalIsNoAnswer(int code) {
        status = code;
        answer = "{\"results\":[{},{}]}";

        assertThatThrownBy(() -> advisories().of(ARTIFACTS)).hasMessageStartingWith("could not ask ");
    }

    @Test
    void nobodyThereIsNoAnswer() {
        URI address = advisories().service();
        service.stop(0);

        assertThatThrownBy(() -> new Advisories(address).of(ARTIFACTS)).hasMessageStartingWith("could not ask ");
    }

    @Test
    void noArtifactIsNoQuestion() {
        answer = "{\"results\":[]}";

        assertThatThrownBy(() -> advisories().of(List.of())).hasMessageContaining("no artifact to ask about");
    }

    @Test
    void readsTheListOfMaven() {
        assertThat(Advisories.artifacts(List.of("", "The following files have been resolved:",
                "   a.b:c:jar:1.0:compile (optional) -- module x", "   d:e:jar:linux:2.1:test", "   f:g:pom:1:test")))
                .containsExactly("a.b:c:1.0", "d:e:2.1");
    }

    private Advisories advisories() {
        return new Advisories(URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/v1/querybatch"));
    }
}
