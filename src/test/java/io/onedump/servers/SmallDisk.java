package io.onedump.servers;

import java.io.IOException;
import java.nio.file.Path;

import org.awaitility.Awaitility;

/** A file system without room: a small tmpfs for root, who may mount one, else a limit on the size of files. */
public final class SmallDisk implements AutoCloseable {

    private final Path folder;
    private final int megabytes;
    private final boolean mounted;

    private SmallDisk(Path folder, int megabytes, boolean mounted) {
        this.folder = folder;
        this.megabytes = megabytes;
        this.mounted = mounted;
    }

    /** @param folder an empty one */
    public static SmallDisk mount(Path folder, int megabytes) {
        return new SmallDisk(folder, megabytes,
                succeeds("mount", "-t", "tmpfs", "-o", "mode=700,size=" + megabytes + "m", "onedump-test",
                        folder.toString()));
    }

    public boolean isMounted() {
        return mounted;
    }

    /** Gives a mounted one more room. */
    public void grow(int larger) {
        if (!succeeds("mount", "-o", "remount,size=" + larger + "m", folder.toString())) {
            throw new IllegalStateException("cannot give " + folder + " more room");
        }
    }

    /** What a command has to be run through to meet the limit. */
    public String[] limit() {
        // The shell counts in blocks of 512 bytes; Java ignores the signal that would end other programs.
        return mounted
                ? new String[0]
                : new String[] {"sh", "-c", "trap '' XFSZ; ulimit -f " + megabytes * 2048 + "; exec \"$@\"", "sh"};
    }

    @Override
    public void close() {
        if (mounted) {
            // A server may still close what a lost client had open.
            Awaitility.await("unmounting " + folder).until(() -> succeeds("umount", folder.toString()));
        }
    }

    private static boolean succeeds(String... words) {
        try {
            return new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
