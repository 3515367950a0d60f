package io.onedump.storage.retention;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameOverlapTest {

    private static final String DAY = "${date:now:yyyyMMdd}";
    private static final String SECOND = "${date:now:yyyyMMdd-HHmmss}";

    @ParameterizedTest
    @CsvSource({
            "shop-DAY.sql, shop-DAY.sql, true",
            "shop-DAY.sql, crm-DAY.sql, false",
            "shop-DAY.sql, shop-de-DAY.sql, false",
            "shop-DAY.sql, shop-SECOND.sql, false",
            "DAY/shop.sql, DAY/shop.sql, true",
            "${header.db}-DAY.sql, shop-DAY.sql, true",
            "${header.db}/DAY.sql, shop/DAY.sql, true",
            "${header.db}-DAY.sql, a/shop-DAY.sql, false",
            "a${header.db}b, ab, true",
            "a${header.db}b, ${header.db}c, false",
            "shop-20261123.sql, shop-DAY.sql, true",
            "DAY.sql, DAY.sql, true",
            "größe-DAY, größe-DAY, true"})
    void saysWhetherTwoCanMakeTheSameName(String one, String other, boolean expected) {
        assertThat(pattern(one).in("file:/x/", true).meets(pattern(other).in("file:/x/", true))).isEqualTo(expected);
        assertThat(pattern(other).in("file:/x/", true).meets(pattern(one).in("file:/x/", true))).isEqualTo(expected);
        assertThat(pattern(one).in("file:/x/", true).meets(pattern(other).in("file:/y/", true))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"file:/x/, a/b.sql, file:/x/a/, b.sql", "s3://x/, y/DAY, s3://x/y/, DAY"})
    void seesThatOneFolderIsInTheOther(String folder, String one, String otherFolder, String other) {
        assertThat(pattern(one).in(folder, true).meets(pattern(other).in(otherFolder, true))).isTrue();
    }

    private static NamePattern pattern(String template) {
        return NamePattern.loosely(template.replace("DAY", DAY).replace("SECOND", SECOND), expression -> null);
    }
}
