package io.onedump.artifact;

import java.util.Arrays;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.spi.CallerBoundaryAware;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A logger into whose log nobody writes but we: names, messages and failures of others reach it through
 * {@link CleanText}. An object of our own may have several lines, whatever else is logged has one.
 */
public final class CleanLog extends AbstractLogger {

    private static final long serialVersionUID = 1L;
    private static final String NAME = CleanLog.class.getName();
    private static final String OUR_CLASSES = "io.onedump.";

    private final transient Logger log;

    private CleanLog(Logger log) {
        this.name = log.getName();
        this.log = log;
    }

    /** The class's log. */
    public static Logger of(Class<?> owner) {
        return of(LoggerFactory.getLogger(owner));
    }

    /** Somebody else's. */
    public static Logger of(Logger log) {
        return log instanceof CleanLog ? log : new CleanLog(log);
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return NAME;
    }

    @Override
    protected void handleNormalizedLoggingCall(Level level, Marker marker, String pattern, Object[] arguments,
            Throwable thrown) {
        LoggingEventBuilder event = log.atLevel(level);
        if (event instanceof CallerBoundaryAware aware) {
            aware.setCallerBoundary(NAME);
        }
        if (marker != null) {
            event = event.addMarker(marker);
        }
        if (thrown != null) {
            event = event.setCause(CleanFailure.of(thrown));
        }
        event.log(pattern == null ? null : CleanText.lines(KnownSecrets.masked(pattern)),
                arguments == null ? new Object[0] : Arrays.stream(arguments).map(CleanLog::clean).toArray());
    }

    private static Object clean(Object argument) {
        if (argument == null || argument instanceof Number || argument instanceof Boolean) {
            return argument;
        }
        return argument.getClass().getName().startsWith(OUR_CLASSES)
                ? new Lines(argument)
                : CleanText.of(KnownSecrets.masked(
                        argument instanceof Object[] many ? Arrays.deepToString(many) : argument.toString()));
    }

    /** Made a text only when the logger wants it. */
    private record Lines(Object object) {

        @Override
        public String toString() {
            return CleanText.lines(KnownSecrets.masked(object.toString()));
        }
    }

    @Override
    public boolean isTraceEnabled() {
        return log.isTraceEnabled();
    }

    @Override
    public boolean isTraceEnabled(Marker marker) {
        return log.isTraceEnabled(marker);
    }

    @Override
    public boolean isDebugEnabled() {
        return log.isDebugEnabled();
    }

    @Override
    public boolean isDebugEnabled(Marker marker) {
        return log.isDebugEnabled(marker);
    }

    @Override
    public boolean isInfoEnabled() {
        return log.isInfoEnabled();
    }

    @Override
    public boolean isInfoEnabled(Marker marker) {
        return log.isInfoEnabled(marker);
    }

    @Override
    public boolean isWarnEnabled() {
        return log.isWarnEnabled();
    }

    @Override
    public boolean isWarnEnabled(Marker marker) {
        return log.isWarnEnabled(marker);
    }

    @Override
    public boolean isErrorEnabled() {
        return log.isErrorEnabled();
    }

    @Override
    public boolean isErrorEnabled(Marker marker) {
        return log.isErrorEnabled(marker);
    }
}
