package io.onedump.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RedactionTest {

    @Test
    void masksThePasswordOfAUri() {
        assertThat(Redaction.of("cannot use mysql://backup:s3c/ret@db:3306/shop"))
                .isEqualTo("cannot use mysql://backup:xxxxxx@db:3306/shop");
    }

    @Test
    void masksSecretOptions() {
        assertThat(Redaction.of("aws2-s3:b?accessKey=a&secretKey=RAW(b&(c)d)&region=eu failed"))
                .isEqualTo("aws2-s3:b?accessKey=xxxxxx&secretKey=xxxxxx&region=eu failed");
    }

    @Test
    void leavesTheRestOfAMessage() {
        String message = "storage sftp://127.0.0.1:2222/kept: cannot log in as backup@127.0.0.1:2222; check user@host";
        assertThat(Redaction.of(message)).isEqualTo(message);
    }
}
