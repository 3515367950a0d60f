package io.onedump.artifact;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The passwords and tokens that jobs of this process use. What a server or a tool answers may quote them, so they are
 * masked in messages, whoever has written them.
 */
public final class KnownSecrets {

    private static final String MASK = "xxxxxx";
    /** A shorter one is too likely to be an ordinary word, and too weak to be worth a message that nobody reads. */
    private static final int SHORTEST = 6;
    /** Words of our own messages, which would be unreadable; nobody is told anything by them. */
    private static final Set<String> OURS = Set.of("password", "passphrase", "secret", "postgres", "postgresql",
            "mariadb", "onedump", "backup", "storage", "server");
    /** The latest are kept: each of a job's endpoints names its own again whenever it is made. */
    private static final int MOST = 500;
    private static final Set<String> SECRETS = new LinkedHashSet<>();
    private static volatile Pattern pattern;

    private KnownSecrets() {
    }

    /**
     * @param secret null for none
     * @param known  what is no secret, such as the account's name: who has it as a password too is not protected
     */
    public static void add(String secret, String... known) {
        if (secret != null && secret.strip().length() >= SHORTEST && !Arrays.asList(known).contains(secret)
                && !OURS.contains(secret)) {
            add(List.of(secret));
        }
    }

    private static synchronized void add(Collection<String> secrets) {
        if (SECRETS.addAll(secrets)) {
            if (SECRETS.size() > MOST) {
                SECRETS.remove(SECRETS.iterator().next());
            }
            // The longest first, since one may be a part of another.
            pattern =
                    Pattern.compile(SECRETS.stream().sorted((a, b) -> b.length() - a.length()).map(KnownSecrets::whole)
                            .collect(Collectors.joining("|")));
        }
    }

    /** Not as a part of a longer word. */
    private static String whole(String secret) {
        return "(?<![\\p{L}\\p{N}])" + Pattern.quote(secret) + "(?![\\p{L}\\p{N}])";
    }

    /** The text without them. */
    public static String masked(String text) {
        Pattern all = pattern;
        return all == null ? text : all.matcher(text).replaceAll(MASK);
    }
}
