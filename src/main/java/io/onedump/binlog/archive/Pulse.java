package io.onedump.binlog.archive;

import java.io.IOException;

/** What the thread that uploads asks before its work, and tells after it. */
interface Pulse {

    Pulse NONE = new Pulse() {
        @Override
        public boolean mayWrite() {
            return true;
        }

        @Override
        public void beat(boolean allStored) {
            // Nobody wants to know.
        }
    };

    /** Whether the archive is known to be ours; nothing is stored before. */
    boolean mayWrite() throws IOException;

    /** @param allStored whether the last upload has stored everything that was due */
    void beat(boolean allStored) throws IOException;
}
