package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.onedump.database.Dsn;
import io.onedump.job.Redaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSecretsTest {

    @ParameterizedTest
    @ValueSource(strings = {"gr33n-Tree$1", "a\\b.*c(d", "gr33n-Tree$1-and-more", "\\Qquoted\\E"})
    void masksThePasswordOfADsnInWhatAServerSays(String password) {
        Dsn.parse("mysql://reader@db/shop").withAccount(null, password);

        assertThat(Redaction.of("the server said: no user 'reader' with '" + password + "'; try again"))
                .isEqualTo("the server said: no user 'reader' with 'xxxxxx'; try again");
        assertThat(CleanFailure.of(new IllegalStateException("with " + password, new RuntimeException(password))))
                .hasToString("java.lang.IllegalStateException: with xxxxxx").cause()
                .hasToString("java.lang.RuntimeException: xxxxxx");
    }

    @Test
    void leavesWordsThatHoldASecretOrAreTheAccountsName() {
        Dsn.parse("mysql://archivist:archivist@db/shop");
        Dsn.parse("mysql://reader:red@db/shop");
        Dsn.parse("mysql://reader:password@db/shop");
        Dsn.parse("mysql://reader:lantern@db/shop");

        assertThat(Redaction.of("archivist: password red lanterns lantern"))
                .isEqualTo("archivist: password red lanterns xxxxxx");
    }
}
