package io.onedump.artifact.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.onedump.artifact.Threads;

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
        try {
            process.getOutputStream().close();
            byte[] output = Threads.daemons().call("output " + process.pid(),
                    () -> process.getInputStream().readNBytes(LONGEST)).get(SECONDS, TimeUnit.SECONDS);
            return new String(output, StandardCharsets.UTF_8).strip();
        } catch (TimeoutException e) {
            throw new IOException(String.join(" ", words) + " does not end", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot read what " + words.get(0) + " prints: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + words.get(0), e);
        } finally {
            process.destroyForcibly();
        }
    }
}
