package io.onedump.ssh.sftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.regex.Pattern;

import io.onedump.ssh.SshException;
import io.onedump.ssh.SshSettings;

/**
 * What a failure by SFTP means for the one who has to do something about it. The protocol knows few: a full disk, a
 * quota and a folder in a file's place are all a mere "failure".
 *
 * @param permanent whether trying again is of no use
 * @param reason    why it failed and what to do
 */
public record SftpFailure(boolean permanent, String reason) {

    /** With less than this, which is more than one write, the server counts as full. */
    static final long FULL = 256 * 1024;

    private static final Pattern SAYS_FULL = Pattern.compile("no space|quota|disk full|disk is full|not enough space");

    /**
     * @param channel asked for the server's free space where that may be the reason; null when there is none
     * @param folder  where it happened
     */
    public static SftpFailure of(IOException e, SshSettings settings, SftpChannel channel, String folder) {
        if (e instanceof SshException ssh) {
            return new SftpFailure(ssh.permanent(), e.getMessage());
        }
        if (e instanceof SftpProtocolException || e instanceof InterruptedIOException) {
            return new SftpFailure(true, e.getMessage());
        }
        if (!(e instanceof SftpStatusException refused) || tellsOfBreak(refused)) {
            return broken(e);
        }
        SftpSpace space = SftpSpace.UNKNOWN;
        if (channel != null) {
            try {
                space = refused.code() == SftpStatusException.FAILURE ? channel.space(folder) : space;
            } catch (IOException asking) {
                return broken(e);
            }
            if (!channel.isConnected()) {
                return broken(e);
            }
        }
        if (refused.code() == SftpStatusException.NO_SUCH_FILE && refused.action() == SftpAction.RENAME) {
            return new SftpFailure(false, "what was sent is not there any more: something else has removed it from the"
                    + " server");
        }
        return new SftpFailure(true, reason(refused, settings.user(), space));
    }

    private static SftpFailure broken(IOException e) {
        return new SftpFailure(false, "the connection broke: " + e.getMessage());
    }

    private static boolean tellsOfBreak(SftpStatusException e) {
        return e.code() == SftpStatusException.CONNECTION_LOST || e.code() == SftpStatusException.NO_CONNECTION;
    }

    private static String reason(SftpStatusException e, String user, SftpSpace space) {
        return switch (e.code()) {
            case SftpStatusException.PERMISSION_DENIED -> denied(e.action(), user);
            case SftpStatusException.NO_SUCH_FILE -> "there is no such folder on the server; create it";
            case SftpStatusException.UNSUPPORTED ->
                "the server cannot " + e.action() + "; use one that can, or have that allowed";
            case SftpStatusException.BAD_MESSAGE ->
                answer(e) + "; it may not take such a name: try a shorter one without special characters";
            case SftpStatusException.FAILURE -> failure(e, user, space);
            default -> answer(e);
        };
    }

    private static String denied(SftpAction action, String user) {
        String denied = "permission denied; the user '" + user + "' ";
        return switch (action) {
            case WRITE, MAKE_FOLDER -> denied + "needs write access to that folder";
            case RENAME -> denied + "may not rename files there, and a file gets its name only when it is whole;"
                    + " allow that";
            case READ -> denied + "may not read files there, and what was sent is read back to be compared where the"
                    + " server gives no shell; allow that, or choose another 'verify'";
            default -> denied + "may not " + action + " there; allow that";
        };
    }

    private static String failure(SftpStatusException e, String user, SftpSpace space) {
        if (space.freeBytes() < FULL || SAYS_FULL.matcher(e.getMessage().toLowerCase(Locale.ROOT)).find()) {
            return "no space left on the server; free some or keep less there";
        }
        if (space.freeFiles() == 0) {
            return "no space left on the server for one more file, though there is for bytes; remove files there";
        }
        if (space.readOnly()) {
            return "the server's file system is read-only; mount it for writing";
        }
        return answer(e) + " when asked to " + e.action() + "; check its free space, the quota of '" + user
                + "' and that no folder has that name";
    }

    private static String answer(SftpStatusException e) {
        return "the server answered \"" + e.getMessage() + "\"";
    }
}
