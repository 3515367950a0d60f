package io.onedump.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.binlog.BinlogEndpoint;
import io.onedump.binlog.BinlogException;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.archive.Archive;
import io.onedump.job.ExitCode;
import io.onedump.job.Job;
import io.onedump.job.Redaction;
import io.onedump.storage.StorageException;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of all binlog commands: which job's archive it is about. */
final class BinlogJob {

    private static final String SCHEME = "binlog:";

    @Mixin
    private ConfigOptions config;

    @Option(names = "--job", paramLabel = "<id>", required = true,
            description = "The id of the route that has a binlog: endpoint, as its start or as a step.")
    private String job;

    ConfigOptions config() {
        return config;
    }

    /** What a command does with a job's archive. */
    interface Work {
        ExitCode run(BinlogEndpoint endpoint, StorageArchiveStore store) throws Exception;
    }

    /** Does it, and says why it could not be done. The job's route is read and not started. */
    int run(CommandSpec command, Work work) throws Exception {
        Logs.configure(config.isVerbose(), "info");
        PrintWriter err = command.commandLine().getErr();
        try (Application application = Application.unscheduled(config, Set.of(job))) {
            application.read();
            BinlogEndpoint endpoint = endpoint(application);
            try (StorageArchiveStore store = endpoint.openStore()) {
                ExitCode code = work.run(endpoint, store);
                command.commandLine().getOut().flush();
                return code.code();
            } catch (StorageException e) {
                err.println("onedump: " + Redaction.of(e.getMessage()));
                return ExitCode.STORAGE.code();
            } catch (IOException e) {
                err.println("onedump: " + Redaction.of(String.valueOf(e.getMessage())));
                return ExitCode.PRODUCER.code();
            }
        }
    }

    /** A timeline that was asked for, or the newest for 0. */
    static int timeline(Archive archive, int wanted) throws IOException {
        return wanted > 0
                ? wanted
                : archive.newestTimeline().orElseThrow(() -> new BinlogException("the archive is empty: nothing was"
                        + " stored yet"));
    }

    private BinlogEndpoint endpoint(Application application) {
        CamelContext context = application.getCamelContext();
        RouteDefinition route =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(job);
        if (route == null) {
            throw problem("there is no such job; 'onedump jobs' lists them");
        }
        Stream<String> inputs = Stream.concat(
                application.jobs().stream().filter(known -> known.id().equals(job)).map(Job::schedule),
                Stream.of(route.getInput().getEndpointUri()));
        List<String> uris = Stream.concat(inputs, uris(route.getOutputs())).filter(uri -> uri.startsWith(SCHEME))
                .distinct().toList();
        if (uris.size() != 1) {
            throw problem("the job has " + (uris.isEmpty() ? "no" : uris.size()) + " binlog: endpoints, it takes one");
        }
        return context.getEndpoint(context.resolvePropertyPlaceholders(uris.get(0)), BinlogEndpoint.class);
    }

    private ConfigurationException problem(String message) {
        return new ConfigurationException(Problem.of("--job " + job, message));
    }

    private static Stream<String> uris(Collection<ProcessorDefinition<?>> nodes) {
        return nodes.stream().flatMap(node -> Stream.concat(
                node instanceof EndpointRequiredDefinition sends && sends.getEndpointUri() != null
                        ? Stream.of(sends.getEndpointUri())
                        : Stream.empty(),
                uris(node.getOutputs())));
    }
}
