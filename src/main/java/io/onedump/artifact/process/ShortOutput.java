package io.onedump.artifact.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
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
     * What it printed, and how it ended.
     *
     * @param text  on its output
     * @param error on its error output
     */
    public record Answer(int exitCode, String text, String error) {
    }

    /**
     * Whatever the exit code is.
     *
     * @throws IOException when the program cannot be started, or does not end
     */
    public static String of(List<String> words) throws IOException {
        Answer answer = ask(words, ChildEnvironment.base());
        return (answer.text() + answer.error()).strip();
    }

    /**
     * The program in an environment of its own.
     *
     * @throws IOException when the program cannot be started, or does not end
     */
    public static Answer ask(List<String> words, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            process.getOutputStream().close();
            Future<byte[]> error = read(process, process.getErrorStream());
            byte[] text = read(process, process.getInputStream()).get(SECONDS, TimeUnit.SECONDS);
            String said = new String(error.get(SECONDS, TimeUnit.SECONDS), StandardCharsets.UTF_8);
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                throw new TimeoutException();
            }
            return new Answer(process.exitValue(), new String(text, StandardCharsets.UTF_8), said);
        } catch (TimeoutException e) {
            throw new IOException(String.join(" ", words) + " does not end or prints too much", e);
        } catch (ExecutionException e) {
            throw new IOException("cannot read what " + words.get(0) + " prints: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while running " + words.get(0), e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Future<byte[]> read(Process process, InputStream stream) {
        return Threads.daemons().call("output " + process.pid(), () -> stream.readNBytes(LONGEST));
    }
}
