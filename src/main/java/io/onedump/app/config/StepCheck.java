package io.onedump.app.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.onedump.job.JobRoute;
import io.onedump.job.RouteEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.model.HasExpressionType;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.RemoveHeaderDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.model.language.SimpleExpression;

/** Checks steps one by one: ids, expressions, values, names of headers, and what {@link EndpointCheck} finds. */
final class StepCheck {

    private final CamelContext context;
    private final EndpointCheck endpoints;
    private final Calls calls;
    private final Expressions expressions;
    private final AttributeValues values;
    private final ErrorHandling errors;
    private final Map<String, String> ids = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Object> faulty = Collections.newSetFromMap(new IdentityHashMap<>());

    StepCheck(CamelContext context, EndpointCheck endpoints, Calls calls) {
        this.context = context;
        this.endpoints = endpoints;
        this.calls = calls;
        this.expressions = new Expressions(context);
        this.values = new AttributeValues(context);
        this.errors = new ErrorHandling(context, expressions, values);
    }

    List<Problem> problems() {
        return problems;
    }

    /** Whether something was found wrong with a step itself. */
    boolean isFaulty(Object step) {
        return faulty.contains(step);
    }

    /**
     * Checks steps and those inside them.
     *
     * @return their endpoints
     */
    List<EndpointUse> check(String file, RouteText text, String route,
            Collection<? extends OptionalIdentifiedDefinition<?>> outer) {
        List<EndpointUse> uses = new ArrayList<>();
        for (OptionalIdentifiedDefinition<?> step : JobRoute.steps(outer)) {
            int before = problems.size();
            step(file, text, route, step);
            for (RouteEndpoint endpoint : JobRoute.endpoints(context, step)) {
                EndpointUse use = new EndpointUse(file, text, step.getLineNumber(), route, endpoint, step, false);
                problems.addAll(endpoints.problems(use));
                if (use.endpoint().place().contains(StandIns.UNKNOWN)) {
                    faulty.add(step);
                }
                calls.call(use);
                uses.add(use);
            }
            if (problems.size() > before) {
                faulty.add(step);
            }
        }
        return uses;
    }

    private void step(String file, RouteText text, String route, OptionalIdentifiedDefinition<?> step) {
        int line = step.getLineNumber();
        if (step.hasCustomIdAssigned()) {
            String earlier = ids.putIfAbsent(step.getId(), file + ":" + line);
            if (earlier != null) {
                problems.add(new Problem(file, line, route, null, null, "the step id "
                        + step.getId() + " is taken by " + earlier + "; every step of all routes needs its own, or"
                        + " none"));
            }
        }
        if (step instanceof LogDefinition log && log.getMessage() != null) {
            expressions.problem(new SimpleExpression(log.getMessage()), false)
                    .ifPresent(problem -> problems.add(new Problem(file, line, route, null, null, problem)));
        }
        if (step instanceof HasExpressionType expression && expression.getExpressionType() != null) {
            expressions.problem(step, expression.getExpressionType())
                    .ifPresent(problem -> problems.add(new Problem(file, line, route, null, null, problem)));
        }
        header(step).flatMap(name -> HeaderNames.problem(context, name).stream())
                .forEach(problem -> problems.add(new Problem(file, line, route, null, null, problem)));
        values.problems(step).forEach((attribute, problem) -> problems
                .add(new Problem(file, text.lineOfKey(line, attribute), route, null, attribute, problem)));
    }

    private static Stream<String> header(OptionalIdentifiedDefinition<?> step) {
        return Stream.ofNullable(step instanceof SetHeaderDefinition set
                ? set.getName()
                : step instanceof RemoveHeaderDefinition remove ? remove.getName() : null);
    }

    /** What all routes of a file share. */
    void checkShared(String file, RouteText text, RoutesDefinition all) {
        shared(file, text, all.getOnExceptions(), Stream.of(all.getIntercepts(), all.getInterceptFroms(),
                all.getInterceptSendTos(), all.getOnCompletions()));
        if (context.getCamelContextExtension()
                .getErrorHandlerFactory() instanceof DefaultErrorHandlerDefinition handler) {
            errors.problems(handler).forEach(fault -> problems.add(new Problem(file,
                    text.lineOfKey(1, fault.attribute()), null, null, fault.attribute(), fault.message())));
            if (handler instanceof DeadLetterChannelDefinition channel && channel.getDeadLetterUri() != null) {
                EndpointUse use = new EndpointUse(file, text, text.lineOfKey(1, "deadLetterUri"), null,
                        new RouteEndpoint(channel.getDeadLetterUri(), channel.getDeadLetterUri(), false, 0), false);
                problems.addAll(endpoints.problems(use));
                calls.call(use);
            }
        }
    }

    /** What all routes share that name it, or that name none. */
    void checkShared(String file, RouteText text, RouteConfigurationDefinition configuration) {
        shared(file, text, configuration.getOnExceptions(), Stream.of(configuration.getIntercepts(),
                configuration.getInterceptFroms(), configuration.getInterceptSendTos(),
                configuration.getOnCompletions()));
    }

    private void shared(String file, RouteText text, List<OnExceptionDefinition> handlers,
            Stream<List<? extends OptionalIdentifiedDefinition<?>>> others) {
        check(file, text, null, handlers);
        others.forEach(steps -> check(file, text, null, steps));
        for (OnExceptionDefinition handler : handlers) {
            errors.problems(handler).forEach(fault -> problems.add(new Problem(file,
                    text.lineOfKey(handler.getLineNumber(), fault.attribute()), null, null, fault.attribute(),
                    fault.message())));
        }
    }

    /** What is wrong with the attributes of a route, by their names. */
    Map<String, String> routeFaults(RouteDefinition route) {
        Map<String, String> faults = new LinkedHashMap<>(values.problems(route));
        if (route.getPrecondition() != null) {
            expressions.problem(new SimpleExpression(route.getPrecondition()), true)
                    .ifPresent(problem -> faults.put("precondition", problem));
        }
        return faults;
    }
}
