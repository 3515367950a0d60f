package io.onedump.ssh.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;

import io.onedump.ssh.SshException;
import io.onedump.ssh.SshSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SftpFailureTest {

    private static final long PLENTY = 1L << 30;
    private static final SshSettings SETTINGS = new SshSettings("nas", 22, "backup", "x", null, null, null, null);

    @ParameterizedTest
    @ValueSource(ints = {SftpStatusException.CONNECTION_LOST, SftpStatusException.NO_CONNECTION})
    void aStatusThatTellsOfALostConnectionIsNone(int code) throws IOException {
        assertThat(of(refused(SftpAction.WRITE, code, "gone"), PLENTY, PLENTY, false))
                .returns(false, SftpFailure::permanent)
                .returns("the connection broke: gone", SftpFailure::reason);
    }

    @Test
    void whateverIsSaidOnABrokenConnectionMayBeCured() throws IOException {
        SftpChannel channel = server(PLENTY, PLENTY, false).open();
        channel.close();
        assertThat(SftpFailure.of(refused(SftpAction.WRITE, SftpStatusException.FAILURE, "Failure"), SETTINGS, channel,
                "")).returns(false, SftpFailure::permanent);
        assertThat(SftpFailure.of(refused(SftpAction.WRITE, SftpStatusException.PERMISSION_DENIED, "no"), SETTINGS,
                channel, "")).returns(false, SftpFailure::permanent);
        assertThat(SftpFailure.of(new EOFException("ended"), SETTINGS, null, ""))
                .returns(false, SftpFailure::permanent);
    }

    @ParameterizedTest
    @CsvSource({"0, 9, no space left on the server; free some", "4096, 9, no space left on the server; free some",
            "262143, 9, no space left on the server; free some", "262144, 9, the server answered \"Failure\"",
            "1000000, 0, no space left on the server for one more file"})
    void knowsThatTheServerIsFull(long bytes, long files, String reason) throws IOException {
        assertThat(of(refused(SftpAction.WRITE, SftpStatusException.FAILURE, "Failure"), bytes, files, false))
                .returns(true, SftpFailure::permanent)
                .satisfies(failure -> assertThat(failure.reason()).startsWith(reason));
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "Quota exceeded", "disk full"})
    void believesTheServerThatItIsFull(String said) throws IOException {
        assertThat(of(refused(SftpAction.WRITE, SftpStatusException.FAILURE, said), PLENTY, PLENTY, false).reason())
                .startsWith("no space left on the server");
    }

    @Test
    void knowsThatNothingCanBeWrittenThere() throws IOException {
        assertThat(of(refused(SftpAction.WRITE, SftpStatusException.FAILURE, "Failure"), PLENTY, PLENTY, true).reason())
                .contains("read-only");
    }

    /** Write access, which an account without the right to rename has, is not what it lacks. */
    @ParameterizedTest
    @EnumSource(value = SftpAction.class, mode = EnumSource.Mode.EXCLUDE, names = {"WRITE", "MAKE_FOLDER"})
    void saysWhatWasDenied(SftpAction action) throws IOException {
        assertThat(of(refused(action, SftpStatusException.PERMISSION_DENIED, "Permission denied"), 0, 0, false))
                .returns(true, SftpFailure::permanent)
                .satisfies(failure -> assertThat(failure.reason()).contains("the user 'backup' may not " + action)
                        .doesNotContain("write access"));
    }

    @Test
    void saysWhatTheServerCannotDo() throws IOException {
        assertThat(of(refused(SftpAction.RENAME, SftpStatusException.UNSUPPORTED, "Operation unsupported"), 0, 0,
                false).reason()).isEqualTo("the server cannot rename files; use one that can, or have that allowed");
    }

    @Test
    void keepsWhatIsKnownAlready() {
        assertThat(SftpFailure.of(new SshException("log-in refused", true, null), SETTINGS, null, ""))
                .isEqualTo(new SftpFailure(true, "log-in refused"));
        assertThat(SftpFailure.of(new SshException("no answer", false, null), SETTINGS, null, ""))
                .isEqualTo(new SftpFailure(false, "no answer"));
        assertThat(SftpFailure.of(new InterruptedIOException("interrupted"), SETTINGS, null, ""))
                .isEqualTo(new SftpFailure(true, "interrupted"));
        assertThat(SftpFailure.of(new SftpProtocolException("x"), SETTINGS, null, "").permanent()).isTrue();
    }

    @Test
    void showsNothingThatAServerMeansForATerminal() {
        assertThat(refused(SftpAction.WRITE, SftpStatusException.FAILURE, "\u001b[31mFAIL\u001b[0m\r\nFAKE "
                + "Z".repeat(300)).getMessage()).startsWith(" [31mFAIL [0m FAKE Z".strip()).hasSize(201);
    }

    private static SftpFailure of(IOException e, long bytes, long files, boolean readOnly) throws IOException {
        try (SftpChannel channel = server(bytes, files, readOnly).open()) {
            return SftpFailure.of(e, SETTINGS, channel, "folder");
        }
    }

    private static ScriptedSftp server(long bytes, long files, boolean readOnly) {
        return new ScriptedSftp((type, number, body) -> ScriptedSftp.space(number, bytes, files, readOnly),
                SftpChannel.STATVFS);
    }

    private static SftpStatusException refused(SftpAction action, int code, String said) {
        return new SftpStatusException(action, code, said);
    }
}
