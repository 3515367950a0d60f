package io.onedump.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DsnTest {

    @ParameterizedTest
    @ValueSource(strings = {
            "mysql://backup:secret@db.example:3307/shop",
            "mariadb://backup:secret@db.example:3307/shop",
            "jdbc:mysql://db.example:3307/shop?user=backup&password=secret",
            "jdbc:mariadb://db.example:3307/shop?password=secret&user=backup",
            "backup:secret@tcp(db.example:3307)/shop"})
    void readsEveryFormOfAMySqlAddress(String text) {
        assertThat(Dsn.parse(text))
                .isEqualTo(new Dsn(Dsn.Family.MYSQL, "db.example", 3307, null, "backup", "secret", "shop",
                        Map.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "postgres://backup:secret@db.example:5433/shop",
            "postgresql://backup:secret@db.example:5433/shop",
            "jdbc:postgresql://db.example:5433/shop?user=backup&password=secret"})
    void readsEveryFormOfAPostgresAddress(String text) {
        assertThat(Dsn.parse(text)).isEqualTo(new Dsn(Dsn.Family.POSTGRES, "db.example", 5433, null, "backup", "secret",
                "shop", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"mysql://db, 3306", "postgres://db, 5432", "jdbc:mariadb://db/, 3306", "tcp(db)/, 3306",
            "jdbc:postgresql://db/, 5432"})
    void knowsTheUsualPortsAndNamesNoDatabaseWhenThereIsNone(String text, int port) {
        Dsn dsn = Dsn.parse(text);

        assertThat(dsn.port()).isEqualTo(port);
        assertThat(dsn.host()).isEqualTo("db");
        assertThat(dsn.database()).isNull();
        assertThat(dsn.user()).isNull();
        assertThat(dsn.password()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql:///shop", "tcp()/shop", "jdbc:mysql:///shop"})
    void meansThisMachineWhenThereIsNoHost(String text) {
        assertThat(Dsn.parse(text).host()).isEqualTo("localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql://u:p@[2001:db8::1]:3307/shop", "jdbc:mysql://[2001:db8::1]:3307/shop?user=u",
            "u:p@tcp([2001:db8::1]:3307)/shop"})
    void readsIpv6Addresses(String text) {
        Dsn dsn = Dsn.parse(text);

        assertThat(dsn.host()).isEqualTo("2001:db8::1");
        assertThat(dsn.port()).isEqualTo(3307);
        assertThat(dsn.display()).isEqualTo("u@[2001:db8::1]:3307/shop");
    }

    @Test
    void readsAnIpv6AddressWithoutAPort() {
        assertThat(Dsn.parse("tcp([::1])/").host()).isEqualTo("::1");
        assertThat(Dsn.parse("mysql://[::1]").port()).isEqualTo(3306);
    }

    @Test
    void readsUnixSockets() {
        Dsn dsn = Dsn.parse("backup:secret@unix(/run/mysqld/mysqld.sock)/shop");

        assertThat(dsn.socket()).isEqualTo("/run/mysqld/mysqld.sock");
        assertThat(dsn.display()).isEqualTo("backup@/run/mysqld/mysqld.sock/shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"p&w", "p+w", "p%w", "p#w", "p@w", "p:w", "p/w", "p w", "a@tcp(b:1)/c", "&+%#@:/", "p=w;\"'\\`$",
                    "päß", "100%", "%zz", ":@", "@host:1/db"})
    void takesPasswordsAsTheyAreInUrlsAndInTheFormOfGo(String password) {
        assertThat(Dsn.parse("mysql://u:" + password + "@db:3307/shop").password()).isEqualTo(password);
        assertThat(Dsn.parse("postgres://u:" + password + "@db:3307/shop").password()).isEqualTo(password);
        assertThat(Dsn.parse("u:" + password + "@tcp(db:3307)/shop").password()).isEqualTo(password);
        assertThat(Dsn.parse("u:" + password + "@tcp(db:3307)/shop")).extracting(Dsn::host, Dsn::port, Dsn::database)
                .containsExactly("db", 3307, "shop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"p&w", "p+w", "p%w", "p%41w", "p#w", "p@w", "p:w", "p/w", "p?w", "p=w", "p w", "&+%#@:/?=",
            "päß",
            "%2B"})
    void takesPercentEncodedPasswordsInUrls(String password) {
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");

        assertThat(Dsn.parse("mysql://u:" + encoded + "@db/shop").password()).isEqualTo(password);
        assertThat(Dsn.parse("postgres://u:" + encoded + "@db/shop").password()).isEqualTo(password);
        assertThat(Dsn.parse("jdbc:mysql://db/shop?user=u&password=" + encoded).password()).isEqualTo(password);
        assertThat(Dsn.parse("jdbc:postgresql://db/shop?password=" + encoded + "&user=u").password())
                .isEqualTo(password);
    }

    /** A plus is a space only in HTML forms. */
    @Test
    void keepsThePlusOfAJdbcPassword() {
        assertThat(Dsn.parse("jdbc:mysql://db/shop?user=u&password=a+b").password()).isEqualTo("a+b");
    }

    @Test
    void knowsNoEncodingInTheFormOfGo() {
        assertThat(Dsn.parse("u:p%41@tcp(db)/").password()).isEqualTo("p%41");
    }

    @Test
    void keepsWhatElseTheQuerySays() {
        assertThat(Dsn.parse("jdbc:mysql://db/shop?user=u&sslMode=VERIFY_CA&x=a%26b&flag").params())
                .containsExactlyInAnyOrderEntriesOf(Map.of("sslMode", "VERIFY_CA", "x", "a&b", "flag", ""));
        assertThat(Dsn.parse("u:p@tcp(db)/shop?tls=skip-verify").params()).containsEntry("tls", "skip-verify");
    }

    @Test
    void decodesTheDatabase() {
        assertThat(Dsn.parse("mysql://db/my%20shop").database()).isEqualTo("my shop");
    }

    @Test
    void takesAnotherAccount() {
        Dsn dsn = Dsn.parse("mysql://u:p@db/shop");

        assertThat(dsn.withAccount("other", null)).extracting(Dsn::user, Dsn::password).containsExactly("other", "p");
        assertThat(dsn.withAccount(null, "q")).extracting(Dsn::user, Dsn::password).containsExactly("u", "q");
        assertThat(dsn.withAccount(null, null)).isEqualTo(dsn);
    }

    @Test
    void isReachedThroughAnotherAddress() {
        assertThat(Dsn.parse("u:p@unix(/a)/shop").at("127.0.0.1", 4711)).extracting(Dsn::host, Dsn::port, Dsn::socket)
                .containsExactly("127.0.0.1", 4711, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "oracle://u:s3cret@db/shop", "u:s3cret@db/shop", "mysql://u:s3cret?x@db/shop",
            "mysql://u:s3cret@db:port/shop", "mysql://u:s3cret@db:99999/shop", "u:s3cret@tcp(db:99999)/",
            "u:s3cret@tcp(db:x)/",
            "jdbc:mysql://db:0/shop?password=s3cret", "mysql://u:s3cret@a,b/shop/x"})
    void refusesWhatItDoesNotUnderstandWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> Dsn.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret").satisfies(e -> assertThat(e.getMessage()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres://a:s3cret@db/shop?user=b", "postgres://a:s3cret@db/shop?password=other",
            "mysql://a:s3cret@db/shop?user=b", "a:s3cret@tcp(db)/shop?user=b"})
    void refusesTwoAccounts(String text) {
        assertThatThrownBy(() -> Dsn.parse(text)).hasMessageContaining("contradicts the rest of it: say it once")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void printsNoPassword() {
        Dsn dsn = Dsn.parse("postgres://backup:s3cret@db/shop?options=x");

        assertThat(dsn).hasToString("Dsn[POSTGRES backup@db:5432/shop]");
        assertThat(dsn.display()).isEqualTo("backup@db:5432/shop");
    }
}
