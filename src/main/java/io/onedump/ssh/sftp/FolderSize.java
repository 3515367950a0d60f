package io.onedump.ssh.sftp;

/** Counts what a server lists of a folder: some make up names for ever, and whoever lists keeps the names. */
public final class FolderSize {

    private static final int MOST_ENTRIES = 2_000_000;
    /** What an entry takes besides the characters of its name, about. */
    private static final int BYTES = 160;
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 3;

    /** Of what is kept on the disk, or nowhere. */
    private static final int MOST_STREAMED = 50_000_000;

    private final String folder;
    private final int mostEntries;
    private final long mostBytes;
    private int entries;
    private long bytes;

    public FolderSize(String folder) {
        this(folder, MOST_ENTRIES, MOST_BYTES);
    }

    private FolderSize(String folder, int mostEntries, long mostBytes) {
        this.folder = folder;
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    /** For a list whose names nobody keeps in memory. */
    public static FolderSize ofStream(String folder) {
        return new FolderSize(folder, MOST_STREAMED, Long.MAX_VALUE);
    }

    public void add(String name) throws SftpProtocolException {
        entries++;
        bytes += name.length() + BYTES;
        if (entries > mostEntries || bytes > mostBytes) {
            throw new SftpProtocolException("the folder '" + folder + "' does not end after " + entries + " entries;"
                    + " if it really has more, use several folders or give this process more memory (-Xmx)");
        }
    }
}
