package io.onedump.app.config;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.camel.CamelContext;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.LoopDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.ValidateDefinition;
import org.apache.camel.model.WhenDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.support.DefaultExchange;

/** Reads expressions as Camel does when a route starts, and tries those that need no message. */
final class Expressions {

    /** Steps whose expression is a condition, which simple reads by other rules. */
    private static final Set<Class<?>> PREDICATES =
            Set.of(FilterDefinition.class, ValidateDefinition.class, WhenDefinition.class);
    /** Steps whose expression has to be a number. */
    private static final Map<Class<?>, Class<?>> NUMBERS = Map.of(DelayDefinition.class, Long.class,
            LoopDefinition.class, Integer.class, ThrottleDefinition.class, Integer.class);

    private final CamelContext context;

    Expressions(CamelContext context) {
        this.context = context;
    }

    /** What is wrong with the expression of a step. */
    Optional<String> problem(OptionalIdentifiedDefinition<?> step, ExpressionDefinition expression) {
        boolean loopsWhile = step instanceof LoopDefinition loop && "true".equals(loop.getDoWhile());
        Optional<String> problem = problem(expression, loopsWhile || PREDICATES.contains(step.getClass()));
        Class<?> number = loopsWhile ? null : NUMBERS.get(step.getClass());
        return problem.isEmpty() && number != null && "constant".equals(expression.getLanguage())
                ? number(expression, number)
                : problem;
    }

    /** What is wrong with an expression of Simple. */
    Optional<String> problem(ExpressionDefinition expression, boolean predicate) {
        try {
            if (predicate) {
                expression.createPredicate(context);
            } else {
                expression.createExpression(context);
            }
            return expression.getLanguage().equals("simple") && expression.getExpression() != null
                    ? SimpleFunctions.problem(context, expression.getExpression())
                            .or(() -> HeaderNames.inExpression(context, expression.getExpression()))
                    : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("the " + expression.getLanguage() + " expression '" + expression.getExpression()
                    + "' is not understood: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private Optional<String> number(ExpressionDefinition expression, Class<?> kind) {
        try {
            expression.createExpression(context).evaluate(new DefaultExchange(context), kind);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("'" + expression.getExpression() + "' is not a whole number"
                    + (kind.equals(Long.class) ? " of milliseconds" : ""));
        }
    }
}
