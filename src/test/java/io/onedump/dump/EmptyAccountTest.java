package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What a property without a value does to a DSN. */
class EmptyAccountTest {

    @Test
    void keepsTheDsnsAccountWhenUsernameAndPasswordAreEmpty() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            DumpEndpoint endpoint = context.getEndpoint(
                    "dump:mysqldump?dsn=RAW(mysql://backup:secret@db/shop)&username=&password=", DumpEndpoint.class);
            assertThat(endpoint.request().dsn().user()).isEqualTo("backup");
            assertThat(endpoint.request().dsn().password()).isEqualTo("secret");
        }
    }
}
