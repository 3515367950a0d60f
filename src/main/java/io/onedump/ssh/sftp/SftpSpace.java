package io.onedump.ssh.sftp;

/**
 * What is left of a folder's file system for this account.
 *
 * @param freeBytes {@link Long#MAX_VALUE} when the server does not tell
 * @param freeFiles how many more there can be; {@link Long#MAX_VALUE} when it does not tell or has no such limit
 */
record SftpSpace(long freeBytes, long freeFiles, boolean readOnly) {

    static final SftpSpace UNKNOWN = new SftpSpace(Long.MAX_VALUE, Long.MAX_VALUE, false);
}
