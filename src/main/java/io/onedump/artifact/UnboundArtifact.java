package io.onedump.artifact;

import java.io.IOException;

import org.apache.camel.Exchange;

/** A body that holds an artifact but was made where the exchange is not known, so that nothing ends it yet. */
public interface UnboundArtifact {

    /**
     * The artifact, which from now on ends with the exchange and has the name that the exchange gives it.
     *
     * @throws IOException when there is nothing that could be kept
     */
    Artifact bind(Exchange exchange) throws IOException;

    /**
     * Waits until it is whole, for who does not read it.
     *
     * @throws IOException when it will never be
     */
    void awaitEnd() throws IOException;
}
