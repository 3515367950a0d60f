package io.onedump.storage;

import java.util.Optional;

/**
 * Whose artifacts a run may count, replace and remove: those of its job on its machine. What a sidecar does not say is
 * not held against an artifact.
 *
 * @param job  the id of the job's route; null for no job
 * @param host the machine; null for those of any machine
 */
public record Owner(String job, String host) {

    /** Who else an artifact is of, for people; empty when it is the owner's, or of nobody that is known. */
    Optional<String> another(Identity identity) {
        if (identity.isOfAnother(job)) {
            return identity.job().map(other -> "the job '" + other + "'");
        }
        return host == null
                ? Optional.empty()
                : identity.get(Identity.HOST).filter(other -> !other.equals(Identity.clean(host)))
                        .map(other -> "the machine '" + other + "'");
    }
}
