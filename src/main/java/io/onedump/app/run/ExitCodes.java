package io.onedump.app.run;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.onedump.app.config.ConfigurationException;
import io.onedump.artifact.ProducerFailedException;
import io.onedump.binlog.BinlogException;
import io.onedump.database.mysql.MySqlException;
import io.onedump.job.ExitCode;
import io.onedump.restore.choice.RestoreException;
import io.onedump.storage.StorageException;

/** The exit code of what ended a command: the one place that decides it. */
public final class ExitCodes {

    /** What says by its kind whose failure it is, however Camel and executors have wrapped it. */
    private static final Map<Class<? extends Throwable>, ExitCode> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put(ConfigurationException.class, ExitCode.CONFIGURATION);
        KNOWN.put(StorageException.class, ExitCode.STORAGE);
        KNOWN.put(BinlogException.class, ExitCode.PRODUCER);
        KNOWN.put(RestoreException.class, ExitCode.PRODUCER);
        KNOWN.put(MySqlException.class, ExitCode.PRODUCER);
    }

    private ExitCodes() {
    }

    /**
     * The outermost exception of a known kind decides. A producer's failure that a storage met, an error of the virtual
     * machine and what nobody expected are {@link ExitCode#PRODUCER}: something had begun, and it is not whole.
     */
    public static ExitCode of(Throwable thrown) {
        ExitCode code = null;
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof Error || cause instanceof ProducerFailedException) {
                return ExitCode.PRODUCER;
            }
            code = code == null ? known(cause) : code;
        }
        return code == null ? ExitCode.PRODUCER : code;
    }

    private static ExitCode known(Throwable cause) {
        return KNOWN.entrySet().stream().filter(entry -> entry.getKey().isInstance(cause)).map(Map.Entry::getValue)
                .findFirst().orElse(null);
    }
}
