package io.onedump.ssh.sftp;

import java.io.IOException;

/** What the server sends is no SFTP; nothing more can be made of the connection. */
public final class SftpProtocolException extends IOException {

    SftpProtocolException(String message) {
        super("the server does not keep to the SFTP protocol: " + message);
    }
}
