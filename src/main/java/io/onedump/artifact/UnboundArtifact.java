package io.onedump.artifact;

import org.apache.camel.Exchange;

/** A body that holds an artifact but was made where the exchange is not known, so that nothing ends it yet. */
public interface UnboundArtifact {

    /** The artifact, which from now on ends with the exchange and has the name that the exchange gives it. */
    Artifact bind(Exchange exchange);
}
