package io.onedump.artifact.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a program prints, on either stream, when it is asked something small, such as its version. */
public final class ShortOutput {

    private static final long SECONDS = 10;
    private static final int LONGEST = 1 << 20;

    private ShortOutput() {
    }

    /**
     * Whatever the exit code is.
     *
     * @throws IOException when the program cannot be started, or does not end
     */
    public static String of(List<String> words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(ChildEnvironment.base());
        Process process = builder.start();
        CompletableFuture<Void> watch = CompletableFuture.runAsync(process::destroyForcibly,
                CompletableFuture.delayedExecutor(SECONDS, TimeUnit.SECONDS));
        try {
            process.getOutputStream().close();
            byte[] output = process.getInputStream().readNBytes(LONGEST);
            if (watch.isDone() || !process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(String.join(" ", words) + " does not end");
            }
            return new String(output, StandardCharsets.UTF_8).strip();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + words.get(0), e);
        } finally {
            watch.cancel(false);
            process.destroyForcibly();
        }
    }
}
