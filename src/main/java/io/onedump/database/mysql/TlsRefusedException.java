package io.onedump.database.mysql;

import java.io.IOException;

/** The server offers less encryption than is demanded; no other way to it will do either. */
public class TlsRefusedException extends IOException {

    TlsRefusedException(String message) {
        super(message);
    }

    TlsRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
