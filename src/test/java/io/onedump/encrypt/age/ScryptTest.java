package io.onedump.encrypt.age;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScryptTest {

    /** RFC 7914, section 12, of which this is the one with r = 8 and p = 1. */
    @ParameterizedTest
    @ValueSource(ints = {64 << 20, 4 << 20, 1 << 20})
    void derivesWhatTheStandardSaysHoweverLittleMemoryItHas(int memory) throws Exception {
        byte[] key = Scrypt.derive("pleaseletmein".getBytes(StandardCharsets.US_ASCII),
                "SodiumChloride".getBytes(StandardCharsets.US_ASCII), 14, 64, memory);

        assertThat(HexFormat.of().formatHex(key)).isEqualTo("7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f654"
                + "5da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
    }
}
