package io.onedump.sync.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;

import org.junit.jupiter.api.Test;

class ProvedFileTest {

    private static ProvedFile seenAt(String time) {
        return new ProvedFile("a", "/source/a", 1, 0, "ab".repeat(32), Instant.parse(time));
    }

    @Test
    void knowsACopyOfWhichAListTellsPartsOfASecond() {
        ProvedFile whole = seenAt("2026-11-30T15:33:14Z");
        assertThat(whole.isAt(Instant.parse("2026-11-30T15:33:14Z"))).isTrue();
        assertThat(whole.isAt(Instant.parse("2026-11-30T15:33:14.397Z"))).isTrue();
        assertThat(whole.isAt(Instant.parse("2026-11-30T15:33:15Z"))).isFalse();

        ProvedFile parts = seenAt("2026-11-30T15:33:14.397Z");
        assertThat(parts.isAt(Instant.parse("2026-11-30T15:33:14.397123Z"))).isTrue();
        assertThat(parts.isAt(Instant.parse("2026-11-30T15:33:14.398Z"))).isFalse();
    }
}
