package io.onedump.database.client;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.process.ShortOutput;
import io.onedump.database.ProductVersion;
import io.onedump.database.mysql.Flavour;

/**
 * A program of MySQL or MariaDB, by what it says of itself: on Debian everything named {@code mysql…} is MariaDB's.
 *
 * @param executable path or name that starts it
 * @param version    of the server that it came with; of itself where it says no more, as mysqlbinlog does
 */
public record ClientProgram(String executable, Flavour flavour, ProductVersion version) {

    /**
     * Three spellings are in use: {@code Ver 8.0.33 for Linux}, {@code Ver 10.13 Distrib 5.7.22} and {@code from
     * 11.8.9-MariaDB, client 10.19}.
     */
    private static final Pattern DISTRIBUTION = Pattern.compile("(?:Distrib|from) (\\d\\S*)");
    private static final Pattern OWN = Pattern.compile("\\bVer (\\S+)");
    /** Below this the number is the program's own, and does not tell the families apart: MariaDB's mysqlbinlog. */
    private static final int FIRST_SERVER = 5;
    private static final Map<String, ClientProgram> KNOWN = new ConcurrentHashMap<>();

    public boolean mariaDb() {
        return flavour == Flavour.MARIADB;
    }

    /** Asks the program, once for each executable. */
    public static ClientProgram ask(String executable) throws IOException {
        ClientProgram known = KNOWN.get(executable);
        if (known == null) {
            known = identify(executable);
            KNOWN.put(executable, known);
        }
        return known;
    }

    private static ClientProgram identify(String executable) throws IOException {
        String version = output(executable, List.of(executable, "--version"));
        ClientProgram program = parse(executable, version);
        if (program.version().major() >= FIRST_SERVER || program.mariaDb()) {
            return program;
        }
        // The copyright in its help does tell.
        String help = output(executable, List.of(executable, "--no-defaults", "--help"));
        return new ClientProgram(executable, Flavour.ofVersion(help), program.version());
    }

    private static String output(String executable, List<String> words) throws IOException {
        try {
            return ShortOutput.of(words);
        } catch (IOException e) {
            throw new IOException("cannot start " + executable + ": " + e.getMessage(), e);
        }
    }

    /** @param text what it prints when asked for its version */
    static ClientProgram parse(String executable, String text) throws IOException {
        Matcher distribution = DISTRIBUTION.matcher(text);
        Matcher own = OWN.matcher(text);
        String version = distribution.find() ? distribution.group(1) : own.find() ? own.group(1) : "";
        return new ClientProgram(executable, Flavour.ofVersion(text), ProductVersion.find(version).orElseThrow(
                () -> new IOException(executable + " --version does not look like that of a program of MySQL or"
                        + " MariaDB: " + text)));
    }
}
