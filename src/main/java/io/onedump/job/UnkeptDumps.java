package io.onedump.job;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import io.onedump.artifact.Artifact;

/** What a run has dumped and nobody has kept yet. */
final class UnkeptDumps {

    private final Map<Artifact, Dump> dumps = new IdentityHashMap<>();
    private String command;

    private static final class Dump {

        private final String step;
        private String handedTo;

        Dump(String step) {
            this.step = step;
        }
    }

    /** A step has ended well; of what the message held before and holds now. */
    void succeeded(Step step, Object before, Object now) {
        if (step.isDump() && now instanceof Artifact made) {
            dumps.put(made.original(), new Dump(step.id()));
        } else if (step.isCommand()) {
            command = step.id();
        } else if (before instanceof Artifact known) {
            if (step.custody() == Step.Custody.KEEPS) {
                dumps.remove(known.original());
            } else if (step.custody() == Step.Custody.HANDS_ON) {
                dumps.computeIfPresent(known.original(), (artifact, dump) -> {
                    dump.handedTo = step.id();
                    return dump;
                });
            }
        }
    }

    /** What is lost with the run; empty for nothing. */
    Optional<StepFailure> failure() {
        return dumps.entrySet().stream().filter(entry -> entry.getValue().handedTo == null).findFirst()
                .map(entry -> new StepFailure(entry.getValue().step, entry.getKey().name() + " was dumped, and no step"
                        + " of the run kept it; add a storage: step behind, on every way through the route",
                        ExitCode.STORAGE));
    }

    /** What may be lost; empty for nothing. */
    Optional<String> warning() {
        String steps = dumps.values().stream().map(dump -> dump.handedTo).filter(step -> step != null).distinct()
                .collect(Collectors.joining(", "));
        return steps.isEmpty()
                ? Optional.empty()
                : Optional.of("step " + steps + " has handed the dump on and waits for nothing, so that whether it"
                        + " was kept is not known to this run; call the other route by direct:");
    }

    /** The step whose command's output is of this run; empty for none. */
    Optional<String> command() {
        return Optional.ofNullable(command);
    }
}
