package io.onedump.sync;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Runs the sync and leaves its result in the body as one line of JSON. */
class SyncProducer extends DefaultProducer {

    private final SyncEndpoint endpoint;

    SyncProducer(SyncEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        SyncActivity activity = SyncActivity.of(exchange.getContext());
        SyncResult result = endpoint.run(activity.monitor());
        activity.ended(result);
        Message message = exchange.getMessage();
        message.setBody(result.toJson());
        message.setHeader(SyncConstants.SENT, result.sent());
        message.setHeader(SyncConstants.BYTES, result.sentBytes());
        message.setHeader(SyncConstants.UNCHANGED, result.unchanged());
        message.setHeader(SyncConstants.DELETED, result.deletedFiles());
        if (!result.ok()) {
            throw new SyncException(result);
        }
    }
}
