package io.onedump.ssh.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.onedump.ssh.SshException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that do not do what they should. */
@Timeout(20)
class SftpChannelTest {

    private static final SftpTimeouts SHORT = new SftpTimeouts(Duration.ofMillis(200), Duration.ofMillis(200));

    @Test
    void givesUpAServerThatAnswersNothing() throws IOException {
        try (SftpChannel channel = new ScriptedSftp((type, number, body) -> null).open(SHORT)) {
            assertThatThrownBy(() -> channel.files().stat("file")).isInstanceOfSatisfying(SshException.class,
                    e -> assertThat(e.permanent()).isFalse()).hasMessageContaining("has not answered");
            assertThat(channel.isConnected()).isFalse();
        }
    }

    @Test
    void waitsLongerForADisk() throws IOException {
        SftpTimeouts patient = new SftpTimeouts(Duration.ofMillis(100), Duration.ofSeconds(1));
        long started = System.nanoTime();
        try (SftpChannel channel = new ScriptedSftp((type, number, body) -> null).open(patient)) {
            assertThatThrownBy(() -> channel.call(SftpRequest.sync(new byte[1]))).isInstanceOf(SshException.class);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(patient.disk());
    }

    @Test
    void keepsAConnectionOnWhichNothingIsAsked() throws Exception {
        try (SftpChannel channel = new ScriptedSftp((type, number, body) -> ScriptedSftp.status(number, 2, "")).open(
                SHORT)) {
            assertThat(channel.files().stat("file")).isNull();
            channel.send(SftpRequest.stat("asked, but not sent yet"), reply -> {
            });
            await().during(SHORT.answer().multipliedBy(3)).until(channel::isConnected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 2_000_000})
    void refusesPacketsOfImpossibleLengths(int length) throws IOException {
        byte[] packet = new byte[100];
        ByteBuffer.wrap(packet).putInt(length);
        assertBroken(packet, "a packet of " + Integer.toUnsignedString(length) + " bytes");
    }

    @Test
    void refusesAnswersThatNobodyHasAskedFor() throws IOException {
        assertBroken(ScriptedSftp.status(77, 0, ""), "an answer to request 77");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1_000_000, 2})
    void refusesCountsForWhichThereIsNoRoom(int count) throws IOException {
        ScriptedSftp server = new ScriptedSftp((type, number, body) -> type == ScriptedSftp.READ_FOLDER
                ? ScriptedSftp.packet(ByteBuffer.allocate(100).put((byte) 104).putInt(number).putInt(count))
                : ScriptedSftp.handle(number));
        try (SftpChannel channel = server.open()) {
            assertThatThrownBy(() -> channel.files().list("folder", entry -> {
            })).isInstanceOf(SftpProtocolException.class)
                    .hasMessageContaining("holds " + Integer.toUnsignedString(count) + " things");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 1000})
    void refusesTextsForWhichThereIsNoRoom(int length) throws IOException {
        ScriptedSftp server = new ScriptedSftp((type, number, body) -> ScriptedSftp
                .packet(ByteBuffer.allocate(100).put((byte) 102).putInt(number).putInt(length)));
        try (SftpChannel channel = server.open()) {
            assertThatThrownBy(() -> channel.call(SftpRequest.read("file")).handle())
                    .isInstanceOf(SftpProtocolException.class);
        }
    }

    @Test
    void refusesPacketsThatEndTooEarly() throws IOException {
        for (int type : new int[] {2, 101, 102, 103, 104, 105, 201}) {
            ScriptedSftp server = new ScriptedSftp((request, number, body) -> ScriptedSftp
                    .packet(ByteBuffer.allocate(100).put((byte) type).putInt(number)));
            try (SftpChannel channel = server.open()) {
                SftpReply reply = channel.call(SftpRequest.stat("file"));
                assertThatThrownBy(reply::attributes).isInstanceOf(SftpProtocolException.class);
                assertThatThrownBy(reply::ok).isInstanceOf(SftpProtocolException.class);
                assertThatThrownBy(reply::entries).isInstanceOf(SftpProtocolException.class);
                assertThatThrownBy(reply::space).isInstanceOf(SftpProtocolException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 33_000})
    void refusesDataThatIsEmptyOrMoreThanWasAskedFor(int length) throws IOException {
        ScriptedSftp server = new ScriptedSftp((type, number, body) -> type == ScriptedSftp.OPEN
                ? ScriptedSftp.handle(number)
                : ScriptedSftp.data(number, length));
        try (SftpChannel channel = server.open()) {
            assertThatThrownBy(() -> new SftpReader(channel, "file", 0).readAllBytes())
                    .isInstanceOf(SftpProtocolException.class).hasMessageContaining(length + " bytes of a file");
        }
    }

    @Test
    void leavesOutWhatIsNoNameInAFolder() throws IOException {
        boolean[] listed = new boolean[1];
        ScriptedSftp server = new ScriptedSftp((type, number, body) -> {
            if (type != ScriptedSftp.READ_FOLDER) {
                return type == ScriptedSftp.OPEN_FOLDER
                        ? ScriptedSftp.handle(number)
                        : ScriptedSftp.status(number, SftpStatusException.OK, "");
            }
            if (listed[0]) {
                return ScriptedSftp.status(number, SftpStatusException.EOF, "");
            }
            listed[0] = true;
            return ScriptedSftp.names(number, ".", "..", "", "good.sql", "../../etc/passwd", "/etc/shadow", "a/b",
                    "nul\0.sql", "..good");
        });
        List<String> names = new ArrayList<>();
        try (SftpChannel channel = server.open()) {
            channel.files().list("folder", entry -> names.add(entry.name()));
        }
        assertThat(names).containsExactly("good.sql", "..good");
    }

    @Test
    void givesUpAFolderWithoutAnEnd() throws IOException {
        ScriptedSftp server = new ScriptedSftp((type, number, body) -> type == ScriptedSftp.READ_FOLDER
                ? ScriptedSftp.names(number, Collections.nCopies(20_000, "x").toArray(String[]::new))
                : ScriptedSftp.handle(number));
        try (SftpChannel channel = server.open()) {
            assertThatThrownBy(() -> channel.files().list("folder", entry -> {
            })).isInstanceOf(SftpProtocolException.class).hasMessageContaining("entries");
        }
    }

    @Test
    void readsASmallFileWithTwoReads() throws IOException {
        ScriptedSftp server = new ScriptedSftp((type, number, body) -> switch (type) {
            case ScriptedSftp.OPEN -> ScriptedSftp.handle(number);
            case ScriptedSftp.READ -> body.getLong(5) == 0
                    ? ScriptedSftp.data(number, 94)
                    : ScriptedSftp.status(number, SftpStatusException.EOF, "");
            default -> ScriptedSftp.status(number, SftpStatusException.OK, "");
        });
        try (SftpChannel channel = server.open(); InputStream in = new SftpReader(channel, "file.checksum", 0)) {
            assertThat(in.readAllBytes()).hasSize(94);
        }
        assertThat(server.asked()).filteredOn(type -> type == ScriptedSftp.READ).hasSizeLessThanOrEqualTo(3);
        assertThat(server.asked()).hasSizeLessThanOrEqualTo(5);
    }

    private static void assertBroken(byte[] answer, String message) throws IOException {
        for (SftpTimeouts timeouts : List.of(SftpTimeouts.DEFAULT, SHORT)) {
            try (SftpChannel channel = new ScriptedSftp((type, number, body) -> answer).open(timeouts)) {
                assertThatThrownBy(() -> channel.files().stat("file")).isInstanceOf(SftpProtocolException.class)
                        .hasMessageContaining(message);
                assertThat(channel.isConnected()).isFalse();
            }
        }
    }
}
