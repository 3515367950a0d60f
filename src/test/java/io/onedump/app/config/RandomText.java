package io.onedump.app.config;

import java.util.Random;

/** Texts of random characters, of which many are pieces of Camel's syntax. */
final class RandomText {

    private static final String[] PIECES = ("{{ }} {{? {{x}} ) )& }& RAW( RAW{ $simple{ ${ & = ? + % %25 %zz # \\"
            + " \" ' : @ / , < > a Z 0 ü € 😀 | ^ [ ] ( { } ! ~ * \t \u001b \u0001").split(" ", -1);

    private RandomText() {
    }

    static String of(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(12) == 0 ? " " : "");
        }
        return text.toString();
    }

    /** As a scalar of YAML in double quotes. */
    static String yaml(String text) {
        StringBuilder scalar = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            scalar.append(c == '"' || c == '\\' ? "\\" + c : c < ' ' ? String.format("\\x%02x", (int) c) : c);
        }
        return scalar.append('"').toString();
    }
}
