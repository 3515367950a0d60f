package io.onedump.artifact;

import java.util.Set;

import org.apache.camel.Exchange;
import org.apache.camel.component.exec.ExecResult;

/**
 * How a command of Camel's {@code exec:} ended. Unless a route sets {@code exitValues}, that component passes on what a
 * command has printed whatever its exit code.
 */
public final class ExecOutcome {

    private static final String RESULT = "org.apache.camel.component.exec.ExecResult";

    private ExecOutcome() {
    }

    /**
     * Does nothing with a body that is no command's result.
     *
     * @throws ProducerFailedException when the command ended with an exit code that is none of those allowed
     */
    public static void requireSuccess(Object body) throws ProducerFailedException {
        for (Class<?> type = body == null ? null : body.getClass(); type != null; type = type.getSuperclass()) {
            // By its name, because an application without camel-exec has no such class.
            if (type.getName().equals(RESULT)) {
                Judge.judge((ExecResult) body);
                return;
            }
        }
    }

    /** Makes a failure of an exchange whose body is the result of a command that failed. */
    public static void judge(Exchange exchange) {
        try {
            requireSuccess(exchange.getMessage().getBody());
        } catch (ProducerFailedException e) {
            exchange.setException(e);
        }
    }

    /** Loaded only where there is a result. */
    private static final class Judge {

        private static final Set<Integer> SUCCESS = Set.of(0);

        static void judge(ExecResult result) throws ProducerFailedException {
            Set<Integer> values = result.getCommand() == null ? null : result.getCommand().getExitValues();
            Set<Integer> allowed = values == null || values.isEmpty() ? SUCCESS : values;
            if (!allowed.contains(result.getExitValue())) {
                String command = result.getCommand() == null ? "the command" : result.getCommand().getExecutable();
                throw new ProducerFailedException("exec: " + command + " ended with exit code "
                        + result.getExitValue() + "; if that is no failure, add it to exitValues");
            }
        }
    }
}
