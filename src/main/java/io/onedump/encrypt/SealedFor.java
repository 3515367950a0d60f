package io.onedump.encrypt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.encrypt.age.Recipients;

/**
 * For whom is sealed, as options say it.
 *
 * @param recipients separated by commas or blanks, null for none
 * @param file       with more of them, null for none
 * @param passphrase in place of recipients, null for none
 */
public record SealedFor(String recipients, String file, String passphrase) {

    private static final String RECIPIENTS = "recipients";
    private static final String FILE = "recipientsFile";
    private static final String PASSPHRASE = "passphrase";

    /** @throws IllegalArgumentException when the options do not go together, or one of them is wrong */
    public SealedFor {
        if (passphrase != null && (recipients != null || file != null)) {
            throw new IllegalArgumentException("option " + PASSPHRASE + ": the format has no other recipients beside a"
                    + " passphrase; leave out " + (recipients == null ? FILE : RECIPIENTS));
        }
        if (passphrase == null && recipients == null && file == null) {
            throw new IllegalArgumentException("option " + RECIPIENTS + ": it is missing; name the age1… that onedump"
                    + " keygen has printed, or set " + FILE + " or " + PASSPHRASE);
        }
        if (recipients != null) {
            checked(RECIPIENTS, words(recipients));
        }
        if (passphrase != null && passphrase.isBlank()) {
            throw new IllegalArgumentException("option " + PASSPHRASE + ": it is empty");
        }
    }

    /**
     * Those of now: the file is read anew each time.
     *
     * @throws IOException when the file cannot be read, or something is wrong with what it says
     */
    public Recipients read() throws IOException {
        if (passphrase != null) {
            return Recipients.ofPassphrase(passphrase);
        }
        List<String> all = recipients == null ? new ArrayList<>() : words(recipients);
        if (file != null) {
            all.addAll(inFile());
        }
        return Recipients.of(all);
    }

    /** What is wrong with the file, on this machine. */
    List<Lack> lacks() {
        if (file == null) {
            return List.of();
        }
        Optional<Lack> missing = Lack.path(FILE, file);
        if (missing.isPresent()) {
            return List.of(missing.get());
        }
        try {
            inFile();
            return List.of();
        } catch (IOException e) {
            return List.of(new Lack(FILE, e.getMessage(), true));
        }
    }

    private List<String> inFile() throws IOException {
        List<String> found;
        try {
            found = Recipients.inFile(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new IOException("recipients' file " + file + " cannot be read: " + e, e);
        }
        try {
            Recipients.of(found);
        } catch (IllegalArgumentException e) {
            throw new IOException("recipients' file " + file + ": " + e.getMessage(), e);
        }
        return found;
    }

    private static void checked(String option, List<String> words) {
        try {
            Recipients.of(words);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("option " + option + ": " + e.getMessage(), e);
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(List.of(text.strip().split("[,\\s]+")));
        words.removeIf(String::isEmpty);
        return words;
    }

    /** Without the passphrase. */
    @Override
    public String toString() {
        return passphrase != null ? "a passphrase" : "recipients";
    }
}
