package io.onedump.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
            "float     | float                | | FLOATING | `c`*1e0",
            "double    | double(10,2)         | | FLOATING | `c`",
            "bigint    | bigint unsigned      | | NUMBER | `c`",
            "timestamp | timestamp(6)         | | PLAIN | `c`",
            "bit       | bit(3)               | | HEX | `c`",
            "blob      | blob                 | | BINARY | `c`",
            "varchar   | varchar(3)           | utf8mb4 | TEXT | `c`",
            "varchar   | varchar(3)           | sjis | FOREIGN_TEXT | `c`",
            "varchar   | varchar(3)           | utf16 | HEX | `c`",
            "enum      | enum('a','b')        | utf8mb4 | TEXT | `c`",
            "enum      | enum('','b')         | utf8mb4 | NUMBER | `c`+0",
            "set       | set('a','')          | utf8mb4 | NUMBER | `c`+0",
            "enum      | enum('ä')            | latin1 | NUMBER | `c`+0",
            "enum      | enum('a')            | latin1 | FOREIGN_TEXT | `c`",
            "enum      | enum('a')            | ucs2 | NUMBER | `c`+0"})
    void isReadAndWrittenByItsType(String dataType, String columnType, String characterSet, ColumnKind kind,
            String expression) {
        assertThat(Column.of("c", dataType, columnType, characterSet)).isEqualTo(new Column("c", kind, expression));
    }

    @Test
    void anUnknownTypeIsNotGuessed() {
        assertThatThrownBy(() -> Column.of("c", "hologram", "hologram", null)).hasMessageContaining("hologram");
    }
}
