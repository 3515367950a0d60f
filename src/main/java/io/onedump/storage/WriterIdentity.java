package io.onedump.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Who writes a temporary file, in 16 digits: where processes of this number are, and the number. Machines, boots of a
 * machine, containers and users are told apart, because only of a process that would be seen here if it lived can be
 * said that it is dead.
 */
final class WriterIdentity {

    private static final HexFormat HEX = HexFormat.of();
    private static final int DIGITS = 8;
    private static final String PLACE = HEX.toHexDigits(place());

    private WriterIdentity() {
    }

    /** This process. */
    static String own() {
        return of(ProcessHandle.current().pid());
    }

    /** A process beside this one. */
    static String of(long pid) {
        return PLACE + HEX.toHexDigits((int) pid);
    }

    /** Whether the process certainly does not live any more. */
    static boolean isDead(String identity) {
        return isHere(identity) && !lives(identity);
    }

    /** Whether the process certainly lives. */
    static boolean isAlive(String identity) {
        return isHere(identity) && lives(identity);
    }

    private static boolean isHere(String identity) {
        return identity.startsWith(PLACE);
    }

    private static boolean lives(String identity) {
        long pid = Integer.toUnsignedLong(HexFormat.fromHexDigits(identity, DIGITS, 2 * DIGITS));
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** By Linux's names for this boot and this space of process numbers; without them nobody else is here. */
    private static int place() {
        try {
            String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id"), StandardCharsets.US_ASCII);
            String space = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            return Objects.hash(boot, space, System.getProperty("user.name"));
        } catch (IOException | UnsupportedOperationException e) {
            return ThreadLocalRandom.current().nextInt();
        }
    }
}
