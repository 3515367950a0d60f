package io.onedump.app.run;

/** Where the log goes (standard error) and how much of it. Takes effect only before the first logger is made. */
public final class Logs {

    private static final String VERBOSE = "onedump.verbose";
    private static final String PREFIX = "org.slf4j.simpleLogger.";

    private Logs() {
    }

    /** For commands that print their results themselves. */
    public static void forResultsOnOutput(boolean verbose) {
        set("log.io.onedump.job.JobTracking", verbose ? "debug" : "off");
        configure(verbose, "warn");
    }

    /**
     * @param verbose everything this project decides and what Camel does, in place of one line for each change of state
     */
    public static void configure(boolean verbose, String level) {
        System.setProperty(VERBOSE, String.valueOf(verbose));
        System.setProperty("slf4j.provider", LogProvider.class.getName());
        // Else it says which provider it takes.
        System.setProperty("slf4j.internal.verbosity", "WARN");
        set("showDateTime", "true");
        set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        set("showThreadName", String.valueOf(verbose));
        set("showShortLogName", "true");
        set("defaultLogLevel", verbose ? "info" : "warn");
        set("log.io.onedump", verbose ? "debug" : level);
        // Camel's parser, which ours is made of, logs at debug each property with its value.
        set("log.io.onedump.secret", "info");
        set("log.job", verbose ? "debug" : level);
        // These log, with stack traces, each failure that a run or a command reports itself.
        set("log.org.apache.camel.processor.errorhandler", verbose ? "info" : "off");
        set("log.org.apache.camel.component.slack", verbose ? "info" : "off");
        set("log.org.apache.camel.component.quartz.CamelJob", verbose ? "info" : "off");
        set("log.org.apache.camel.impl.engine.AbstractCamelContext", verbose ? "info" : "off");
    }

    /** Whether everything is to be said. */
    public static boolean isVerbose() {
        return Boolean.getBoolean(VERBOSE);
    }

    private static void set(String name, String value) {
        if (System.getProperty(PREFIX + name) == null) {
            System.setProperty(PREFIX + name, value);
        }
    }
}
