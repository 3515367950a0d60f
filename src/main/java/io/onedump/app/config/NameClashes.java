package io.onedump.app.config;

import java.util.ArrayList;
import java.util.List;

import io.onedump.dump.DumpEndpoint;
import io.onedump.storage.StorageEndpoint;
import io.onedump.storage.StorageOperation;
import io.onedump.storage.retention.NamePattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;

/**
 * Finds jobs that can keep artifacts of the same name in the same place: one would replace, or be refused by, what the
 * other has kept.
 */
final class NameClashes {

    private final CamelContext context;
    private final List<Claim> claims = new ArrayList<>();

    /** Names that a step of a job can make in a place. */
    private record Claim(EndpointUse step, String place, NamePattern names) {

        boolean clashesWith(Claim other) {
            return !step.route().equals(other.step.route()) && names.overlaps(place, other.names, other.place);
        }
    }

    NameClashes(CamelContext context) {
        this.context = context;
    }

    /**
     * Notes what the steps of a job can make.
     *
     * @param steps in the order of the route; only those that are good
     */
    void add(List<EndpointUse> steps) {
        String dumped = null;
        for (EndpointUse step : steps) {
            if (step.endpoint().scheme().equals("dump") && endpoint(step) instanceof DumpEndpoint dump) {
                dumped = dump.artifactNames(step.route()).get(0);
            } else if (step.endpoint().scheme().equals("storage")
                    && endpoint(step) instanceof StorageEndpoint storage) {
                add(step, storage, dumped);
            }
        }
    }

    private void add(EndpointUse step, StorageEndpoint storage, String dumped) {
        String own = storage.getConfiguration().getFileName();
        String fileName = own == null ? dumped : own;
        if (storage.getConfiguration().getOperation() == StorageOperation.PUT && fileName != null) {
            storage.place().ifPresent(place -> claims.add(new Claim(step, place, storage.possibleNames(fileName))));
        }
        storage.stop();
    }

    /** One for each step whose names an earlier one of another job can make too. */
    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        for (int i = 1; i < claims.size(); i++) {
            Claim claim = claims.get(i);
            claims.subList(0, i).stream().filter(claim::clashesWith).findFirst()
                    .ifPresent(earlier -> problems.add(claim.step().problem("fileName",
                            "job " + earlier.step().route() + " can keep an artifact of the same name in this place;"
                                    + " put the job's name into path or fileName of one of them")));
        }
        return problems;
    }

    private Endpoint endpoint(EndpointUse step) {
        try {
            Endpoint endpoint = context.getComponent(step.endpoint().scheme())
                    .createEndpoint(step.endpoint().resolved());
            endpoint.init();
            return endpoint;
        } catch (Exception e) {
            // Told where the endpoint is checked.
            return null;
        }
    }
}
