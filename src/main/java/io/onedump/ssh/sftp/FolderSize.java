package io.onedump.ssh.sftp;

/** Counts what a server lists of a folder: some make up names for ever, and whoever lists keeps the names. */
public final class FolderSize {

    private static final int MOST_ENTRIES = 2_000_000;
    /** What an entry takes besides the characters of its name, about. */
    private static final int BYTES = 160;
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 3;

    private final String folder;
    private int entries;
    private long bytes;

    public FolderSize(String folder) {
        this.folder = folder;
    }

    public void add(String name) throws SftpProtocolException {
        entries++;
        bytes += name.length() + BYTES;
        if (entries > MOST_ENTRIES || bytes > MOST_BYTES) {
            throw new SftpProtocolException("the folder '" + folder + "' does not end after " + entries + " entries;"
                    + " if it really has more, use several folders or give this process more memory (-Xmx)");
        }
    }
}
