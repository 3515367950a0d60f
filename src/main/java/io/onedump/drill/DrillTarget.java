package io.onedump.drill;

import java.util.Arrays;

/** To where a drill brings its server. */
public enum DrillTarget {

    /** The newest dump, and no further. */
    DUMP("dump"),
    /** From the newest dump to the end of the archive. */
    END("end"),
    /** From a dump to a random moment of the last day. */
    RANDOM("random"),
    /** From the dump before the newest, by the archive, to the newest, whose rows have to come out. */
    NEXT_DUMP("next-dump");

    private final String word;

    DrillTarget(String word) {
        this.word = word;
    }

    /**
     * @param  word                     null for the default
     * @param  archive                  whether there is an archive to go on with
     * @throws IllegalArgumentException naming those that are known, or that there is no archive
     */
    public static DrillTarget parse(String word, boolean archive) {
        if (word == null) {
            return archive ? END : DUMP;
        }
        DrillTarget target = Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown target '" + word + "': use one of "
                        + Arrays.toString(values())));
        if (target != DUMP && !archive) {
            throw new IllegalArgumentException("the target '" + word + "' takes an archive: name the job that archives"
                    + " the binary log in the dump step's option archive, or here");
        }
        return target;
    }

    @Override
    public String toString() {
        return word;
    }
}
