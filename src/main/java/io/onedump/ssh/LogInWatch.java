package io.onedump.ssh;

import java.io.IOException;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Logger;

/**
 * Hears from JSch that a connection broke in the middle of the log-in. It tells that to nobody but its log, and throws
 * the same as for a refusal.
 */
final class LogInWatch implements Logger {

    private volatile IOException broken;

    /** What was thrown, or what it was because of. */
    JSchException reason(JSchException thrown) {
        return broken == null ? thrown : new JSchException(broken.getMessage(), broken);
    }

    @Override
    public boolean isEnabled(int level) {
        return level == WARN;
    }

    @Override
    public void log(int level, String message) {
        // It says nothing that a failure does not say.
    }

    @Override
    public void log(int level, String message, Throwable cause) {
        if (message.startsWith("an exception during authentication") && cause instanceof IOException io) {
            broken = io;
        }
    }
}
