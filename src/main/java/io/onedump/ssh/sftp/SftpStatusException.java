package io.onedump.ssh.sftp;

import java.io.IOException;

/** The server refused one request; the connection goes on. Codes as in draft-ietf-secsh-filexfer-02, section 7. */
public final class SftpStatusException extends IOException {

    public static final int OK = 0;
    public static final int EOF = 1;
    public static final int NO_SUCH_FILE = 2;
    public static final int PERMISSION_DENIED = 3;
    public static final int FAILURE = 4;
    public static final int NO_CONNECTION = 6;
    public static final int CONNECTION_LOST = 7;
    public static final int UNSUPPORTED = 8;

    private final int code;

    SftpStatusException(int code, String message) {
        super(message);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
