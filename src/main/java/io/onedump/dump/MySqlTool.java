package io.onedump.dump;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A mysqldump or mariadb-dump, by what it says of itself. Three spellings are in use: {@code Ver 8.0.33 for Linux},
 * {@code Ver 10.13 Distrib 5.7.22} and {@code from 11.8.9-MariaDB, client 10.19}; the version is the server's that the
 * tool came with.
 */
record MySqlTool(String executable, boolean mariaDb, Version version) {

    private static final Pattern DISTRIBUTION = Pattern.compile("(?:Distrib|from) (\\S+)");
    private static final Pattern OWN = Pattern.compile("Ver (\\S+)");
    private static final Map<String, MySqlTool> KNOWN = new ConcurrentHashMap<>();

    /** Asks the tool, once for each executable. */
    static MySqlTool ask(String executable) throws DumpException {
        MySqlTool known = KNOWN.get(executable);
        if (known == null) {
            known = parse(executable, versionText(executable));
            KNOWN.put(executable, known);
        }
        return known;
    }

    static MySqlTool parse(String executable, String text) throws DumpException {
        Matcher distribution = DISTRIBUTION.matcher(text);
        Matcher own = OWN.matcher(text);
        String version = distribution.find() ? distribution.group(1) : own.find() ? own.group(1) : "";
        return new MySqlTool(executable, text.contains("MariaDB"), Version.find(version).orElseThrow(
                () -> new DumpException(executable + " --version does not look like mysqldump's or mariadb-dump's:"
                        + " " + text)));
    }

    private static String versionText(String executable) throws DumpException {
        try {
            Process process = new ProcessBuilder(executable, "--version").redirectErrorStream(true).start();
            process.getOutputStream().close();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new DumpException(executable + " --version does not end");
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new DumpException("cannot start " + executable + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DumpException("interrupted while asking for the version of " + executable, e);
        }
    }
}
