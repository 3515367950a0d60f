package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealedNameTest {

    @ParameterizedTest
    @CsvSource({"a.sql.zst.age, b.sql, b.sql.zst.age", "a.sql.zst.age, b.sql.zst, b.sql.zst.age",
            "a.sql.zst.age, b.sql.zst.age, b.sql.zst.age", "a.sql.zst.age, b.sql.age, b.sql.age",
            "a.age, b, b.age", "a.sql.zst, b.sql, b.sql.zst", "a.sql, b.age, b.age", "a.age.age, b, b.age"})
    void anotherNameKeepsTheEndings(String made, String name, String kept) {
        assertThat(SealedName.keepEndings(made, name)).isEqualTo(kept);
    }
}
