package io.onedump.artifact.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment of a child: what every program needs to find its files and speak the user's language, and what is
 * named beside that. Everything else stays here, because other jobs' secrets may be among it.
 */
public final class ChildEnvironment {

    /** A {@code *} at the end stands for any ending. */
    private static final List<String> BASE = List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE",
            "LC_*", "TZ", "TZDIR", "TMPDIR", "LD_LIBRARY_PATH", "KRB5CCNAME", "KRB5_CONFIG", "XDG_*");

    private ChildEnvironment() {
    }

    public static Map<String, String> base() {
        return of(List.of(), Map.of());
    }

    /**
     * @param names     of more variables to pass on; a {@code *} at the end stands for any ending
     * @param variables to set; an empty value leaves the variable out
     */
    public static Map<String, String> of(Collection<String> names, Map<String, String> variables) {
        List<String> passed = new ArrayList<>(BASE);
        passed.addAll(names);
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.keySet().removeIf(name -> passed.stream().noneMatch(pattern -> matches(pattern, name)));
        environment.putAll(variables);
        environment.values().removeIf(String::isEmpty);
        return environment;
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }
}
