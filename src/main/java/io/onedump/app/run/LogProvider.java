package io.onedump.app.run;

import io.onedump.artifact.CleanLog;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.simple.SimpleServiceProvider;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** The application's log: whatever library writes into it, nothing that it was told by others forges a line. */
public final class LogProvider implements SLF4JServiceProvider {

    private final SLF4JServiceProvider simple = new SimpleServiceProvider();

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> CleanLog.of(simple.getLoggerFactory().getLogger(name));
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return simple.getMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return simple.getMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return simple.getRequestedApiVersion();
    }

    @Override
    public void initialize() {
        simple.initialize();
    }
}
