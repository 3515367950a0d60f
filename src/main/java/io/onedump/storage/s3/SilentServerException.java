package io.onedump.storage.s3;

/** A server has said nothing for too long; unlike an exception of input and output it is not tried again. */
final class SilentServerException extends RuntimeException {

    SilentServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
