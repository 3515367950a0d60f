package io.onedump.restore.choice;

import java.io.IOException;
import java.util.List;

/** One dump and what is wanted of it, ready to come back. */
public interface Restore {

    /** What would be done, for people; changes nothing. */
    List<String> plan() throws IOException;

    /** Compares the target with the dump; changes nothing. */
    RestoreResult compare() throws IOException;

    /** @param verify whether what came back is read and compared with what the dump says of it */
    RestoreResult run(boolean verify) throws IOException;
}
