package io.onedump.ssh.sftp;

/** What a request asks for, in the words that follow "may not". */
public enum SftpAction {

    LOG_IN("begin SFTP"),
    READ("read files"),
    WRITE("write files"),
    LOOK("look at files"),
    LIST("list the folder"),
    REMOVE("remove files"),
    RENAME("rename files"),
    MAKE_FOLDER("make folders"),
    SYNC("have files written to the disk"),
    CLOSE("close files"),
    ASK("ask about the server");

    private final String words;

    SftpAction(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
