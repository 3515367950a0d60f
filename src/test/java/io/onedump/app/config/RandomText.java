package io.onedump.app.config;

import java.util.Random;

/** Texts of random characters, of which many are pieces of Camel's syntax. */
final class RandomText {

    private static final String[] PIECES = ("{{ }} {{? {{x}} ) )& }& RAW( RAW{ $simple{ ${ & = ? + % %25 %zz # \\"
            + " \" ' : @ / , < > a Z 0 ü € 😀 | ^ [ ] ( { } ! ~ * \t \u001b \u0001").split(" ", -1);

    /** What Camel reads at the beginning of an option's value. */
    private static final String[] PREFIXES = {"#", "#bean:", "#class:java.lang.Object", "#class:", "#type:",
            "#property:", "#property:the.secret", "#autowired", "#valueAs(int):1", "#valueAs(java.lang.String):",
            "#valueAs(", " #", "##", "#bean:{{the.secret}}", "#s", "ref:", "Exchange.", "bean:", "language:simple:",
            "RAW(#bean:x)"};

    private RandomText() {
    }

    static String of(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(12); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]).append(random.nextInt(12) == 0 ? " " : "");
        }
        return text.toString();
    }

    /** One that may also begin like a reference of Camel's. */
    static String secret(Random random) {
        return (random.nextBoolean() ? PREFIXES[random.nextInt(PREFIXES.length)] : "") + of(random);
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
