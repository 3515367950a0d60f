package io.onedump.artifact;

import java.io.File;
import java.util.List;
import java.util.Optional;

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

        /** What a job will read, where that is not here: it may be on the machine where the job will run. */
        public static Optional<Lack> path(String option, String path) {
            return new File(path).exists()
                    ? Optional.empty()
                    : Optional.of(new Lack(option, path + " is not on this machine: where the job runs it has to be",
                            false));
        }
    }
}
