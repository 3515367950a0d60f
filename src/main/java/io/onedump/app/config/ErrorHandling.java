package io.onedump.app.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.onedump.artifact.Nearest;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ExpressionSubElementDefinition;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.OnWhenDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.model.language.ExpressionDefinition;

/** What an {@code onException} names, which Camel looks up when every route is made, or only when something failed. */
final class ErrorHandling {

    private static final List<String> EXCEPTIONS = List.of("java.lang.Exception", "java.lang.Throwable",
            "java.io.IOException", "io.onedump.dump.DumpConnectException", "io.onedump.dump.DumpException",
            "io.onedump.storage.TransientStorageException", "io.onedump.storage.StorageException",
            "org.apache.camel.CamelExchangeException");

    private final CamelContext context;
    private final Expressions expressions;
    private final AttributeValues values;

    ErrorHandling(CamelContext context, Expressions expressions, AttributeValues values) {
        this.context = context;
        this.expressions = expressions;
        this.values = values;
    }

    /** One thing that is wrong; with the attribute, or null. */
    record Fault(String attribute, String message) {
    }

    List<Fault> problems(OnExceptionDefinition handler) {
        List<Fault> faults = new ArrayList<>();
        try {
            handler.validateConfiguration();
        } catch (RuntimeException e) {
            faults.add(new Fault(null, e.getMessage()));
        }
        handler.getExceptions().stream().filter(name -> context.getClassResolver().resolveClass(name) == null)
                .forEach(name -> faults.add(new Fault(null,
                        "there is no exception class " + name + Nearest.suggestion(name, EXCEPTIONS))));
        if (handler.getRedeliveryPolicyType() != null) {
            faults.addAll(redelivery(handler.getRedeliveryPolicyType()));
        }
        Map<String, String> beans = new LinkedHashMap<>();
        beans.put("redeliveryPolicyRef", handler.getRedeliveryPolicyRef());
        beans.put("onRedeliveryRef", handler.getOnRedeliveryRef());
        beans.put("onExceptionOccurredRef", handler.getOnExceptionOccurredRef());
        beans.forEach((attribute, name) -> bean(attribute, name).ifPresent(faults::add));
        conditions(handler).forEach((attribute, expression) -> expressions.problem(expression, true)
                .ifPresent(problem -> faults.add(new Fault(attribute, problem))));
        return faults;
    }

    /** Of an error handler for all routes; the rest of it is found where a route is made. */
    List<Fault> problems(DefaultErrorHandlerDefinition handler) {
        return handler.getRedeliveryPolicy() == null ? List.of() : redelivery(handler.getRedeliveryPolicy());
    }

    private List<Fault> redelivery(Object policy) {
        return values.problems(policy).entrySet().stream()
                .map(problem -> new Fault(problem.getKey(), problem.getValue())).toList();
    }

    private Optional<Fault> bean(String attribute, String name) {
        return name == null || context.getRegistry().lookupByName(name.replaceFirst("^#(bean:)?", "")) != null
                ? Optional.empty()
                : Optional.of(new Fault(attribute,
                        "there is no bean " + name + " for " + attribute + Beans.suggestion(context, name)));
    }

    private static Map<String, ExpressionDefinition> conditions(OnExceptionDefinition handler) {
        Map<String, ExpressionSubElementDefinition> parts = new LinkedHashMap<>();
        parts.put("retryWhile", handler.getRetryWhile());
        parts.put("handled", handler.getHandled());
        parts.put("continued", handler.getContinued());
        Map<String, ExpressionDefinition> conditions = new LinkedHashMap<>();
        parts.forEach((attribute, part) -> {
            if (part != null && part.getExpressionType() != null) {
                conditions.put(attribute, part.getExpressionType());
            }
        });
        OnWhenDefinition when = handler.getOnWhen();
        if (when != null && when.getExpression() != null) {
            conditions.put("onWhen", when.getExpression());
        }
        return conditions;
    }
}
