package io.onedump.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.Problem;
import io.onedump.app.config.PropertiesCheck;
import io.onedump.app.config.RouteCheck;
import io.onedump.dump.ArtifactExecutor;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/** A context for looking only: what the check makes in it, beans and endpoints, never meets a route that runs. */
final class ConfigurationCheck extends ConfiguredMain {

    private final Configuration files;
    private final BiPredicate<CamelContext, RouteDefinition> wanted;
    private final boolean thorough;
    private List<Problem> problems = List.of();
    private List<Problem> doubts = List.of();

    /**
     * @param wanted whose endpoints to look at
     * @param thoroughwhether to look for programs and files on this machine too
     * @param without properties that Camel would refuse, so that they hide nothing else
     */
    private ConfigurationCheck(Configuration files, BiPredicate<CamelContext, RouteDefinition> wanted, boolean thorough,
            Set<String> without) {
        super(files, without);
        this.files = files;
        this.wanted = wanted;
        this.thorough = thorough;
    }

    /** What a check has found. */
    record Findings(List<Problem> problems, List<Problem> doubts) {
    }

    static Findings of(Configuration files, BiPredicate<CamelContext, RouteDefinition> wanted, boolean thorough) {
        PropertiesCheck properties = new PropertiesCheck(files);
        List<Problem> problems = new ArrayList<>(properties.problems(thorough));
        try (ConfigurationCheck check = new ConfigurationCheck(files, wanted, thorough, properties.wrong())) {
            check.init();
            problems.addAll(check.problems);
            return new Findings(problems, check.doubts);
        } catch (RuntimeException e) {
            problems.addAll(StartFailures.explain(e).problems());
            return new Findings(problems, List.of());
        }
    }

    @Override
    protected void configureRoutes(CamelContext context) {
        context.getRegistry().bind("artifact", new ArtifactExecutor());
        RouteCheck check = new RouteCheck(context, route -> wanted.test(context, route), thorough);
        problems = check.problems(files.routeFiles());
        doubts = check.doubts();
    }
}
