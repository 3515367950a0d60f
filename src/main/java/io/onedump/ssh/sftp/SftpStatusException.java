package io.onedump.ssh.sftp;

import java.io.IOException;

/** The server refused one request; the connection goes on. Codes as in draft-ietf-secsh-filexfer-02, section 7. */
public final class SftpStatusException extends IOException {

    public static final int OK = 0;
    public static final int EOF = 1;
    public static final int NO_SUCH_FILE = 2;
    public static final int PERMISSION_DENIED = 3;
    public static final int FAILURE = 4;
    public static final int BAD_MESSAGE = 5;
    public static final int NO_CONNECTION = 6;
    public static final int CONNECTION_LOST = 7;
    public static final int UNSUPPORTED = 8;

    /** What a server says is shown up to here. */
    private static final int LONGEST = 200;

    private final SftpAction action;
    private final int code;

    /** @param message what the server says; control characters, which may be meant for a terminal, are taken out */
    SftpStatusException(SftpAction action, int code, String message) {
        super(shown(message));
        this.action = action;
        this.code = code;
    }

    /** What was refused. */
    public SftpAction action() {
        return action;
    }

    public int code() {
        return code;
    }

    private static String shown(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
