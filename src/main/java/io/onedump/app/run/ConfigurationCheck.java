package io.onedump.app.run;

import java.util.List;
import java.util.function.BiPredicate;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.Problem;
import io.onedump.app.config.RouteCheck;
import io.onedump.app.config.RouteFile;
import io.onedump.dump.ArtifactExecutor;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/** A context for looking only: what the check makes in it, beans and endpoints, never meets a route that runs. */
final class ConfigurationCheck extends ConfiguredMain {

    private final List<RouteFile> routeFiles;
    private final BiPredicate<CamelContext, RouteDefinition> wanted;
    private List<Problem> problems = List.of();

    /** @param wanted whose endpoints to look at */
    ConfigurationCheck(Configuration files, BiPredicate<CamelContext, RouteDefinition> wanted) {
        super(files);
        this.routeFiles = files.routeFiles();
        this.wanted = wanted;
    }

    List<Problem> problems() {
        init();
        return problems;
    }

    @Override
    protected void configureRoutes(CamelContext context) {
        context.getRegistry().bind("artifact", new ArtifactExecutor());
        problems = new RouteCheck(context, route -> wanted.test(context, route)).problems(routeFiles);
    }
}
