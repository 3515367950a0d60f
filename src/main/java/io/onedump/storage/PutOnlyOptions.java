package io.onedump.storage;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.camel.Component;

/**
 * What an endpoint that has no backend of its own is told beyond what the route says, so that it never has anything but
 * whole artifacts under their names. Only components that write files, such as {@code ftp:}, can be told.
 */
final class PutOnlyOptions {

    /** The header in which each message says under which name its file is to be written at first. */
    static final String TEMPORARY_NAME = "CamelOnedumpTemporaryName";

    private static final String FILE_WRITER = "org.apache.camel.component.file.GenericFileComponent";
    private static final String BINARY = "binary";
    private static final String EAGER = "eagerDeleteTargetFile";
    private static final String FILE_EXIST = "fileExist";

    private PutOnlyOptions() {
    }

    /** Whether the component writes files, and renames them when they are whole. */
    static boolean isFileWriter(Component component) {
        for (Class<?> type = component.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals(FILE_WRITER)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The options of the delegate for the endpoint.
     *
     * @param  known                    the names of all options that it has
     * @throws IllegalArgumentException naming an option with which an artifact could be lost
     */
    static Map<String, Object> of(Component component, Set<String> known, Map<String, Object> given) {
        if (!isFileWriter(component)) {
            return given;
        }
        refuse(given, FILE_EXIST, "append", "it would put artifacts behind one another; use a fileName that is new each"
                + " time");
        refuse(given, FILE_EXIST, "ignore", "an artifact would not be written, and nobody told; use a fileName that is"
                + " new each time");
        refuse(given, EAGER, "true", "it would delete the last good artifact before the new one is there; remove it");
        refuse(given, BINARY, "false", "text mode damages artifacts; remove it");
        boolean moves = is(given, FILE_EXIST, "move");
        if (moves && !given.containsKey("moveExisting")) {
            throw new IllegalArgumentException("option fileExist: with move it needs moveExisting, which says where"
                    + " the artifact goes that is there, for example old/${file:name}");
        }
        Map<String, Object> options = new HashMap<>(given);
        // Only then Camel looks for a file of the name before it has written the new one, and moves it at all.
        options.put(EAGER, String.valueOf(moves || is(given, FILE_EXIST, "fail")));
        if (!given.containsKey("tempPrefix") && !given.containsKey("tempFileName")) {
            options.put("tempFileName", "${header." + TEMPORARY_NAME + "}");
        }
        if (known.contains(BINARY)) {
            options.put(BINARY, "true");
        }
        return options;
    }

    private static boolean is(Map<String, Object> given, String option, String value) {
        return value.equalsIgnoreCase(String.valueOf(given.get(option)));
    }

    private static void refuse(Map<String, Object> given, String option, String value, String why) {
        if (is(given, option, value)) {
            throw new IllegalArgumentException("option " + option + ": with " + value + " " + why);
        }
    }
}
