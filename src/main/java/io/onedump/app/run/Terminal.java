package io.onedump.app.run;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.stream.Collectors;

/** Long lines that stay readable on the user's terminal; where the output is none, they stay as they are. */
public final class Terminal {

    /** Set by the launcher when standard output is a terminal, which Java 17 cannot tell. */
    private static final String COLUMNS = "onedump.columns";
    /** The same for standard error. */
    private static final String ERROR_COLUMNS = "onedump.error.columns";
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

    /** What folds each line that is printed to it as a whole; what is printed otherwise it leaves as it is. */
    public static PrintWriter errors(PrintStream err) {
        return new PrintWriter(err, true) {
            @Override
            public void println(String text) {
                super.println(folded(String.valueOf(text), Integer.getInteger(ERROR_COLUMNS, 0)));
            }
        };
    }

    /** What folds each line that is written to it; where the output is no terminal, it is the writer itself. */
    public static Writer folding(Writer writer) {
        return folding(writer, Integer.getInteger(COLUMNS, 0));
    }

    static Writer folding(Writer writer, int columns) {
        return columns < FEWEST_COLUMNS ? writer : new FoldingWriter(writer, line -> line(line, columns));
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
