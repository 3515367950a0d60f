package io.onedump.ssh;

/** File names as arguments of a command for {@link SftpTransport#run}. */
public final class ShellWord {

    private ShellWord() {
    }

    /** A name that begins with a dash would be an option. */
    public static String argument(String file) {
        return file.startsWith("-") ? "./" + file : file;
    }

    /** The argument in single quotes, in which a shell changes nothing. */
    public static String quoted(String file) {
        return "'" + argument(file).replace("'", "'\\''") + "'";
    }
}
