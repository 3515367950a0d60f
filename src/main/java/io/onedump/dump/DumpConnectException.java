package io.onedump.dump;

/** The database, or the SSH server before it, could not be reached: worth another try. */
public class DumpConnectException extends DumpException {

    public DumpConnectException(String message) {
        super(message);
    }

    public DumpConnectException(String message, Throwable cause) {
        super(message, cause);
    }
}
