package io.onedump.artifact;

/**
 * A library that only some options need, so that an application brings it when it uses them. The distribution has all.
 */
public enum OptionalLibrary {

    SQLITE("org.xerial:sqlite-jdbc", "org.sqlite.JDBC"),
    SKETCHES("com.datadoghq:sketches-java", "com.datadoghq.sketch.ddsketch.DDSketch"),
    JSCH("com.github.mwiede:jsch", "com.jcraft.jsch.JSch");

    private final String coordinates;
    private final String probe;

    /**
     * @param coordinates group and artifact
     * @param probe       one of its classes
     */
    OptionalLibrary(String coordinates, String probe) {
        this.coordinates = coordinates;
        this.probe = probe;
    }

    /** Group and artifact. */
    public String coordinates() {
        return coordinates;
    }

    /**
     * Says by name what is missing, in place of an error about some class. To be asked before a class is touched that
     * cannot be linked without the library.
     *
     * @param  user                  what needs the library
     * @throws IllegalStateException when it is not on the class path
     */
    public void require(String user) {
        try {
            Class.forName(probe, false, OptionalLibrary.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    user + " needs " + coordinates + " on the class path; add the dependency to the application", e);
        }
    }
}
