package io.onedump.artifact;

import java.util.ArrayList;
import java.util.List;

/** Says all that is wrong with the options of an endpoint, so that one problem hides no other. */
public final class OptionsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final ArrayList<String> problems;

    private OptionsException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = new ArrayList<>(problems);
    }

    /** Each begins with {@code option}, the option's name and a colon. */
    public List<String> problems() {
        return problems;
    }

    /**
     * Runs all of the checks.
     *
     * @throws IllegalArgumentException the one that a check has thrown, or one that says what all of them have
     */
    public static void checkAll(Runnable... checks) {
        List<IllegalArgumentException> thrown = new ArrayList<>();
        for (Runnable check : checks) {
            try {
                check.run();
            } catch (IllegalArgumentException e) {
                thrown.add(e);
            }
        }
        if (thrown.size() == 1) {
            throw thrown.get(0);
        }
        if (!thrown.isEmpty()) {
            throw new OptionsException(thrown.stream().flatMap(e -> in(e).stream()).distinct().toList());
        }
    }

    /** What an exception says of options, one by one. */
    public static List<String> in(Throwable e) {
        return e instanceof OptionsException several ? several.problems : List.of(String.valueOf(e.getMessage()));
    }
}
