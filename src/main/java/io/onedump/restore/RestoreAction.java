package io.onedump.restore;

import java.util.Arrays;
import java.util.Locale;

/** What a step does with the dump in the message's body. */
public enum RestoreAction {

    /** Restore it, and compare what came back. */
    LOAD,
    /** Compare the target with it, and change nothing. */
    COMPARE;

    /** @throws IllegalArgumentException naming those that are known */
    public static RestoreAction parse(String text) {
        return Arrays.stream(values()).filter(action -> action.toString().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown action '" + text + "': use one of "
                        + Arrays.toString(values())));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
