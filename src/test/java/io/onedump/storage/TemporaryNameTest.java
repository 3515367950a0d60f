package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;

import org.junit.jupiter.api.Test;

class TemporaryNameTest {

    private static final String NAME = "shop.sql.zst";

    @Test
    void isBeingWrittenUntilItsClaimEnds() {
        TemporaryName.Claim claim = TemporaryName.claim(NAME);
        assertThat(TemporaryName.matches(claim.name())).isTrue();
        assertThat(TemporaryName.isBeingWritten(claim.name())).isTrue();
        assertThat(TemporaryName.isLeft(claim.name())).isFalse();
        claim.close();
        assertThat(TemporaryName.isBeingWritten(claim.name())).isFalse();
        assertThat(TemporaryName.isLeft(claim.name())).isTrue();
    }

    @Test
    void twoClaimsOfANameDiffer() {
        try (TemporaryName.Claim one = TemporaryName.claim(NAME); TemporaryName.Claim two = TemporaryName.claim(NAME)) {
            assertThat(one.name()).isNotEqualTo(two.name()).startsWith("." + NAME + ".").endsWith(".part");
        }
    }

    @Test
    void isBeingWrittenAsLongAsTheOtherProcessLives() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        String name = of(WriterIdentity.of(other.pid()));
        assertThat(TemporaryName.isBeingWritten(name)).isTrue();
        assertThat(TemporaryName.isLeft(name)).isFalse();
        other.destroyForcibly().waitFor();
        assertThat(TemporaryName.isBeingWritten(name)).isFalse();
        assertThat(TemporaryName.isLeft(name)).isTrue();
    }

    /** Its process may have any number, and be alive where it is. */
    @Test
    void nothingIsKnownOfAnotherMachine() {
        String place = WriterIdentity.own().substring(0, 8);
        String other = HexFormat.of().toHexDigits(~HexFormat.fromHexDigits(place));
        for (String name : new String[] {of(other + "00000001"), of(other + "7fffffff"), of(""),
                TemporaryName.of(NAME), TemporaryName.of(NAME, 7)}) {
            assertThat(TemporaryName.matches(name)).isTrue();
            assertThat(TemporaryName.isBeingWritten(name)).isFalse();
            assertThat(TemporaryName.isLeft(name)).isFalse();
        }
    }

    /** As one of another class loader of this process has it. */
    @Test
    void nothingIsLeftOfAnotherInstanceInThisProcess() {
        try (TemporaryName.Claim claim = TemporaryName.claim(NAME)) {
            String own = claim.name();
            int at = own.length() - "12345678.part".length();
            char changed = own.charAt(at) == '0' ? '1' : '0';
            String other = own.substring(0, at) + changed + own.substring(at + 1);
            assertThat(TemporaryName.isLeft(other)).isFalse();
        }
    }

    private static String of(String writer) {
        return "." + NAME + "." + writer + "0123abcd.part";
    }
}
