package io.onedump.artifact;

import java.util.List;

/** An endpoint that needs something of the machine it runs on: programs, files. Looked at only when somebody asks. */
public interface LocalNeeds {

    /** What this machine does not have, or has otherwise than the options say; nothing is connected to. */
    List<Lack> lacks();

    /**
     * One thing that is missing.
     *
     * @param option  that names it, or would
     * @param message what is wrong and what to do
     * @param certain whether the options name it; what they do not name may be on the machine where the job will run
     */
    record Lack(String option, String message, boolean certain) {
    }
}
