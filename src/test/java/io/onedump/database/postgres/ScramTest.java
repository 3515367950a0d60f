package io.onedump.database.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScramTest {

    /** Of RFC 7677, without the name, which PostgreSQL takes from elsewhere. */
    private static final String NONCE = "rOprNGfwEbeRWgbNEkqO";
    private static final String ANSWER =
            "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    @Test
    void provesThePasswordAndHasTheServerProveIt() throws IOException {
        Scram scram = new Scram("pencil", NONCE);

        assertThat(new String(scram.first(), StandardCharsets.UTF_8)).isEqualTo("n,,n=,r=" + NONCE);
        assertThat(new String(scram.proof(ANSWER), StandardCharsets.UTF_8))
                .startsWith("c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=");
        assertThat(scram.isProved("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=")).isFalse();
        assertThat(scram.isProved("e=other-error")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", "r=" + NONCE + ",s=W22Z,i=4096",
            "r=" + NONCE + "x,s=W22Z,i=1", "r=" + NONCE + "x,s=W22Z,i=999999999", "r=" + NONCE + "x,i=4096", "",
            "r=" + NONCE + "x,s=W22Z,i=99999999999"})
    void refusesAnAnswerThatIsNoneOrWantsUsBusy(String answer) {
        assertThatThrownBy(() -> new Scram("pencil", NONCE).proof(answer)).isInstanceOf(IOException.class)
                .hasMessageContaining("not as SCRAM-SHA-256 demands");
    }
}
