package io.onedump.app.run;

import java.util.stream.Collectors;

/** Long lines that stay readable on the user's terminal; where the output is none, they stay as they are. */
public final class Terminal {

    /** Set by the launcher when standard output is a terminal, which Java 17 cannot tell. */
    private static final String COLUMNS = "onedump.columns";
    private static final int USUAL_COLUMNS = 80;
    private static final int FEWEST_COLUMNS = 40;
    private static final String INDENT = "    ";

    private Terminal() {
    }

    /** Each line broken between its words, and what follows indented. A word that is too long stays whole. */
    public static String folded(String text) {
        return folded(text, Integer.getInteger(COLUMNS, 0));
    }

    static String folded(String text, int columns) {
        return columns < FEWEST_COLUMNS
                ? text
                : text.lines().map(line -> line(line, columns)).collect(Collectors.joining("\n"));
    }

    /** As much of a line as can be written over again by a carriage return. */
    static String clipped(String line) {
        int columns = Integer.getInteger(COLUMNS, 0);
        int most = (columns < FEWEST_COLUMNS ? USUAL_COLUMNS : columns) - 1;
        return line.length() <= most ? line : line.substring(0, most - 1) + "…";
    }

    private static String line(String line, int columns) {
        StringBuilder folded = new StringBuilder();
        String indent = " ".repeat(margin(line)) + INDENT;
        String rest = line;
        while (rest.length() > columns) {
            int space = rest.lastIndexOf(' ', columns);
            if (space <= margin(rest)) {
                space = rest.indexOf(' ', columns);
            }
            if (space < 0 || rest.substring(space).isBlank()) {
                break;
            }
            folded.append(rest.substring(0, space).stripTrailing()).append('\n');
            rest = indent + rest.substring(space).stripLeading();
        }
        return folded.append(rest).toString();
    }

    private static int margin(String line) {
        return line.length() - line.stripLeading().length();
    }
}
