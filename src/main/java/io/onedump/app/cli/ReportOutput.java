package io.onedump.app.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Where a command writes what was asked for; a failure says where that was. */
final class ReportOutput extends FilterOutputStream {

    /** The output could not be written. */
    static class OutputException extends IOException {

        private static final long serialVersionUID = 1L;

        OutputException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** Who read the output has read enough. */
    static final class GoneException extends OutputException {

        private static final long serialVersionUID = 1L;

        GoneException(IOException cause) {
            super("nobody reads standard output any more", cause);
        }
    }

    private final String name;
    private final boolean closes;

    private ReportOutput(OutputStream out, String name, boolean closes) {
        super(out);
        this.name = name;
        this.closes = closes;
    }

    /** Standard output stays open for whoever comes after this command. */
    static OutputStream standard(OutputStream out) {
        return new ReportOutput(out, "standard output", false);
    }

    static OutputStream file(Path file) throws OutputException {
        try {
            return new ReportOutput(Files.newOutputStream(file), file.toString(), true);
        } catch (NoSuchFileException e) {
            throw new OutputException("cannot write " + file + ": there is no such folder; make it first", e);
        } catch (AccessDeniedException e) {
            throw new OutputException("cannot write " + file + ": permission denied", e);
        } catch (FileSystemException e) {
            throw new OutputException("cannot write " + file + ": " + e.getReason(), e);
        } catch (IOException e) {
            throw new OutputException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        try {
            out.write(bytes, from, count);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            out.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void close() throws IOException {
        flush();
        if (closes) {
            try {
                out.close();
            } catch (IOException e) {
                throw failure(e);
            }
        }
    }

    private OutputException failure(IOException e) {
        String reason = String.valueOf(e.getMessage());
        boolean gone = !closes && reason.toLowerCase(Locale.ROOT).contains("broken pipe");
        return gone ? new GoneException(e) : new OutputException("cannot write " + name + ": " + reason, e);
    }
}
