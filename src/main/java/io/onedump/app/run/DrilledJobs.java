package io.onedump.app.run;

import java.util.LinkedHashSet;
import java.util.Set;

import io.onedump.app.config.Configuration;
import io.onedump.drill.DrillEndpoint;
import io.onedump.job.JobRoute;
import io.onedump.restore.JobPlaces;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** The jobs whose routes a drill reads, which have to be known where it runs. */
public final class DrilledJobs {

    private DrilledJobs() {
    }

    /** These jobs, and all that those of them that drill need. */
    public static Set<String> with(Configuration files, Set<String> jobs) {
        Set<String> all = new LinkedHashSet<>(jobs);
        int known = 0;
        while (all.size() > known && !all.isEmpty()) {
            known = all.size();
            try (Application application = Application.unscheduled(files, Set.copyOf(all))) {
                application.read();
                CamelContext context = application.getCamelContext();
                for (String job : Set.copyOf(all)) {
                    add(context, job, all);
                }
            }
        }
        return all;
    }

    private static void add(CamelContext context, String job, Set<String> all) {
        RouteDefinition route =
                context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinition(job);
        if (route == null) {
            return;
        }
        new JobRoute(context, route).endpoints().stream().filter(endpoint -> endpoint.scheme().equals("drill"))
                .map(endpoint -> context.getEndpoint(endpoint.uri(), DrillEndpoint.class)).forEach(drill -> {
                    all.add(drill.getJob());
                    String archive = drill.getArchiveJob() != null
                            ? drill.getArchiveJob()
                            : JobPlaces.of(context, drill.getJob()).map(JobPlaces::archive).orElse(null);
                    if (archive != null) {
                        all.add(archive);
                    }
                });
    }
}
