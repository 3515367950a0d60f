package io.onedump.app.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A job as its user writes it: YAML with one route.
 *
 * @param id       the job's name
 * @param schedule parameters of {@code quartz:}
 * @param steps    the YAML of its steps
 */
record JobFile(String id, Map<String, String> schedule, List<String> steps) {

    private static final String NIGHTLY = "0 30 3 * * ?";

    /** A step that sends to an endpoint; the parameters are names and values in turn. */
    record Step(String component, List<String> parameters) {

        static Step to(String component, String... parameters) {
            return new Step(component, List.of(parameters));
        }

        Step with(String name, String value) {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < parameters.size(); i += 2) {
                if (!parameters.get(i).equals(name)) {
                    all.addAll(parameters.subList(i, i + 2));
                }
            }
            all.addAll(List.of(name, value));
            return new Step(component, all);
        }

        private String yaml(String indent) {
            StringBuilder yaml = new StringBuilder(indent + "- to:\n" + indent + "    uri: " + component + "\n"
                    + indent + "    parameters:\n");
            for (int i = 0; i < parameters.size(); i += 2) {
                yaml.append(indent).append("      ").append(parameters.get(i)).append(": ")
                        .append(quoted(parameters.get(i + 1))).append('\n');
            }
            return yaml.toString();
        }
    }

    static JobFile named(String id) {
        return new JobFile(id, Map.of("cron", NIGHTLY), List.of());
    }

    /** @param cron six or seven fields, as Quartz has them */
    JobFile at(String cron) {
        return new JobFile(id, Map.of("cron", cron, "stateful", "true"), steps);
    }

    JobFile then(Step step) {
        return and(step.yaml("        "));
    }

    /** All of them at the same time. */
    JobFile inParallel(Step... branches) {
        StringBuilder yaml = new StringBuilder("        - multicast:\n            parallelProcessing: true\n"
                + "            steps:\n");
        for (Step branch : branches) {
            yaml.append(branch.yaml("              "));
        }
        return and(yaml.toString());
    }

    String yaml() {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("groupName", "backup", "triggerName", id));
        parameters.putAll(schedule);
        StringBuilder yaml = new StringBuilder("- route:\n    id: " + id + "\n    description: Test " + id + "\n"
                + "    from:\n      uri: quartz\n      parameters:\n");
        parameters.forEach(
                (name, value) -> yaml.append("        ").append(name).append(": ").append(quoted(value)).append('\n'));
        yaml.append("      steps:\n");
        steps.forEach(yaml::append);
        return yaml.toString();
    }

    private JobFile and(String step) {
        List<String> all = new ArrayList<>(steps);
        all.add(step);
        return new JobFile(id, schedule, all);
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
