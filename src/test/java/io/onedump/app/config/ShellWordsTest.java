package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellWordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"a >&2", "a 2>&1", "a | gzip", "a > /tmp/x", "a >/tmp/x", "a >> x", "a && b", "a || b", "a ; b",
                    "a; b", "a < in", "a <in", "a &", "a 2>/dev/null", "a &> x", "a $(date)", "a `date`", "-c a | b",
                    "a <<EOF"})
    void remarksOnWhatOnlyAShellUnderstands(String arguments) {
        assertThat(ShellWords.remark(arguments)).hasValueSatisfying(
                problem -> assertThat(problem).contains("is for a shell").contains("sh and args -c"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-c \"a | b > c 2>&1 && d\"", "--where=a>1", "--where=\"a > 1\"", "\"|\" x", "-e s/a/b/;s/c/d/",
                    "--url=http://x/?a=1&b=2", "--opt=<x>", "<x>", ">=1", "", "-c 'a | b'"})
    void takesWhatAProgramMayGet(String arguments) {
        assertThat(ShellWords.remark(arguments)).isEmpty();
    }
}
