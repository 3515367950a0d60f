package io.onedump.app.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.job.JobResult;
import org.apache.camel.main.MainListener;

/**
 * Runs every job on its schedule. Jobs that cannot be run are left out and told, each as a failed run; the others run.
 * When none is left that runs, it ends at once.
 */
public final class Server {

    private final MainListener listener;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, List<Problem>> refused = new LinkedHashMap<>();

    /** @param listener is told when the jobs have started and before they stop */
    public Server(MainListener listener) {
        this.listener = listener;
    }

    /**
     * Until the process is told to end.
     *
     * @return                        the exit code
     * @throws ConfigurationException with all problems, when no job can be run
     */
    public int serve(Configuration configuration) throws Exception {
        Configuration good = configuration;
        while (true) {
            Application application = Application.scheduled(good);
            try {
                application.read();
                application.addMainListener(listener);
                return application.serve(refusals());
            } catch (ConfigurationException e) {
                application.close();
                problems.addAll(e.problems());
                for (Problem problem : e.problems()) {
                    refused.computeIfAbsent(good.owner(problem), owner -> new ArrayList<>()).add(problem);
                }
                Configuration rest = good.without(e.problems());
                if (rest.routeFiles().equals(good.routeFiles()) || !rest.hasInputs()) {
                    throw new ConfigurationException(problems);
                }
                good = rest;
            }
        }
    }

    private List<JobResult> refusals() {
        return refused.entrySet().stream().map(entry -> RouteStarts.refusal(entry.getKey(), entry.getValue())).toList();
    }
}
