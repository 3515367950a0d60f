package io.onedump.app.run;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.function.UnaryOperator;

/** Passes on whole lines, each of them folded. */
final class FoldingWriter extends FilterWriter {

    private final UnaryOperator<String> fold;
    private final StringBuilder line = new StringBuilder();

    FoldingWriter(Writer out, UnaryOperator<String> fold) {
        super(out);
        this.fold = fold;
    }

    @Override
    public void write(int character) throws IOException {
        if (character == '\n') {
            out.write(fold.apply(line.toString()) + '\n');
            line.setLength(0);
        } else {
            line.append((char) character);
        }
    }

    @Override
    public void write(char[] characters, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(characters[i]);
        }
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        for (int i = offset; i < offset + length; i++) {
            write(text.charAt(i));
        }
    }

    @Override
    public void close() throws IOException {
        out.write(fold.apply(line.toString()));
        super.close();
    }
}
