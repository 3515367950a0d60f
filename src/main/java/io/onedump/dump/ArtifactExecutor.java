package io.onedump.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.onedump.artifact.Compression;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.Spool;
import io.onedump.artifact.Spools;
import io.onedump.artifact.process.ChildEnvironment;
import io.onedump.artifact.process.Command;
import io.onedump.artifact.process.Completion;
import io.onedump.artifact.process.ProcessSource;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.exec.ExecCommand;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.component.exec.ExecResult;

/**
 * Gives Camel's {@code exec:} the powers of {@code dump:}: its output becomes an artifact that is spooled, not held in
 * memory, and an exit code other than those allowed ({@code exitValues}, by default 0) fails every step that reads it.
 *
 * <p>Named by {@code commandExecutor: "#artifact"} in the standalone application; elsewhere bind it under any name.
 */
public class ArtifactExecutor implements ExecCommandExecutor, CamelContextAware {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /** Names of environment variables for {@code exec:}, separated by commas. */
    static final String ENVIRONMENT_PROPERTY = "onedump.exec-environment";

    private static final Set<Integer> ALL_EXIT_CODES =
            IntStream.rangeClosed(0, 255).boxed().collect(Collectors.toUnmodifiableSet());

    private CamelContext camelContext;
    private String environment;
    private Compression compression = Compression.ZSTD;
    private Integer compressionLevel;
    private boolean waiting;
    private boolean anyExitCode;

    @Override
    public ExecResult execute(ExecCommand command) throws IOException {
        String tool = Path.of(command.getExecutable()).getFileName().toString();
        String name = tool + "-" + TIME.format(LocalDateTime.now());
        Spools spools = Spools.of(camelContext);
        ProcessSource process =
                ProcessSource.start(ContextThreads.of(camelContext), command(command, tool), command.getInput());
        Spool spool = spools.spool(compression.nameFor(name), process, compression, compressionLevel);
        if (waiting) {
            awaitEnd(spool);
        }
        return new ArtifactResult(command, process, spool, spools, compression);
    }

    private static void awaitEnd(Spool spool) throws IOException {
        try {
            spool.digest();
        } catch (IOException | RuntimeException | Error e) {
            spool.close();
            throw e;
        }
    }

    private Command command(ExecCommand command, String tool) {
        List<String> arguments = new ArrayList<>();
        arguments.add(command.getExecutable());
        arguments.addAll(command.getArgs());
        Set<Integer> exitCodes = command.getExitValues() == null || command.getExitValues().isEmpty()
                ? anyExitCode ? ALL_EXIT_CODES : Set.of(0)
                : command.getExitValues();
        Duration timeout = command.getTimeout() <= 0 || command.getTimeout() == Long.MAX_VALUE
                ? Duration.ZERO
                : Duration.ofMillis(command.getTimeout());
        Command started = Command.of("exec " + tool, arguments, new DumpFailures())
                .endingWith(exitCodes, waiting ? Completion.EXIT_CODE_ONLY : Completion.EXIT_CODE)
                .within(timeout, Duration.ZERO)
                .withEnvironment(ChildEnvironment.of(passedOn(), Map.of()));
        return command.getWorkingDir() == null ? started : started.in(Path.of(command.getWorkingDir()));
    }

    /** What is passed on beside the usual, from the setter or the property. */
    private List<String> passedOn() {
        String names = environment != null
                ? environment
                : camelContext.resolvePropertyPlaceholders("{{" + ENVIRONMENT_PROPERTY + ":}}");
        return Stream.of(names.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    @Override
    public CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    /** Default zstd. */
    public void setCompression(Compression compression) {
        this.compression = compression;
    }

    /** The compression's level, null for its default. */
    public void setCompressionLevel(Integer compressionLevel) {
        this.compressionLevel = compressionLevel;
    }

    /**
     * Whether the step itself waits for the command's end and fails with it, and not only the steps that read the
     * output. Default false.
     */
    public void setWaiting(boolean waiting) {
        this.waiting = waiting;
    }

    /** Leaves it to who reads the result what an exit code means, as Camel's own executor does. */
    void takeAnyExitCode(boolean any) {
        this.anyExitCode = any;
    }

    /**
     * Variables of this process's environment that the command gets beside PATH, HOME, the language, the time zone and
     * the temporary folder; separated by commas, {@code AWS_*} for all that begin like that. By default what the
     * property {@code onedump.exec-environment} says, or none: others' secrets may be among them.
     */
    public void setEnvironment(String environment) {
        this.environment = environment;
    }
}
