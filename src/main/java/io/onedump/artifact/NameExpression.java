package io.onedump.artifact;

import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;

/**
 * A Simple expression for a file name or a folder. Its {@code ${date:now:…}} is the time at which the exchange was
 * created, the start of the run, which copies of the exchange have too: so every step of a run makes the same name of
 * it, however long the run takes.
 */
public final class NameExpression {

    private static final Pattern NOW = Pattern.compile("(\\$\\{date(?:-with-timezone)?:)now\\b");

    private final Expression expression;

    private NameExpression(Expression expression) {
        this.expression = expression;
    }

    public static NameExpression of(CamelContext context, String text) {
        Expression expression = context.resolveLanguage("simple")
                .createExpression(NOW.matcher(text).replaceAll("$1exchangeCreated"));
        expression.init(context);
        return new NameExpression(expression);
    }

    public String evaluate(Exchange exchange) {
        return expression.evaluate(exchange, String.class);
    }
}
