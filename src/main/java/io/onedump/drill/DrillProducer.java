package io.onedump.drill;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;

import io.onedump.artifact.CleanLog;
import io.onedump.artifact.ContextThreads;
import io.onedump.artifact.Meters;
import io.onedump.artifact.Spools;
import io.onedump.artifact.Warnings;
import io.onedump.binlog.BinlogEndpoint;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.archive.Archive;
import io.onedump.drill.evidence.DrillRecord;
import io.onedump.restore.JobPlaces;
import io.onedump.restore.choice.RestoreListener;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;
import org.slf4j.Logger;

/** Runs the drill; its record is the body afterwards, and a drill that has found something fails the step. */
class DrillProducer extends DefaultProducer {

    private static final Logger LOG = CleanLog.of(DrillProducer.class);

    private final DrillEndpoint endpoint;
    private DrillMetrics metrics;

    DrillProducer(DrillEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (Meters.available(endpoint.getCamelContext())) {
            metrics = DrillMetrics.register(endpoint.getCamelContext(), endpoint.getJob());
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (metrics != null) {
            metrics.close();
        }
        super.doStop();
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        CamelContext context = endpoint.getCamelContext();
        JobPlaces places = JobPlaces.of(context, endpoint.getJob())
                .orElseThrow(() -> new DrillException("drill " + endpoint.getJob() + ": there is no job "
                        + endpoint.getJob() + " in this application"));
        String archive = endpoint.getArchiveJob() == null ? places.archive() : endpoint.getArchiveJob();
        DrillTarget target = DrillTarget.parse(endpoint.getTo(), archive != null);
        DrillRecord record;
        if (target == DrillTarget.DUMP) {
            record = drill(target, null, places);
        } else {
            List<BinlogEndpoint> binlog = BinlogEndpoint.ofJob(context, archive);
            if (binlog.size() != 1) {
                throw new DrillException("drill " + endpoint.getJob() + ": there is no job " + archive + " with one"
                        + " binlog: endpoint in this application");
            }
            try (StorageArchiveStore store = binlog.get(0).openStore()) {
                record = drill(target, new Archive(store), places);
            }
        }
        tell(exchange, record);
    }

    private DrillRecord drill(DrillTarget target, Archive archive, JobPlaces places) throws IOException {
        CamelContext context = endpoint.getCamelContext();
        Path work = Spools.of(context).scratchFile("drill").getParent();
        Drill drill = new Drill(ContextThreads.of(context), endpoint.getJob(), target, endpoint.choice(), archive,
                endpoint.connections(), endpoint.getClient(), endpoint.identities(), work, new Random(),
                Clock.systemUTC(),
                RestoreListener.NONE);
        return new DrillRun(drill, endpoint.evidenceEndpoint()).run(places);
    }

    private void tell(Exchange exchange, DrillRecord record) throws DrillException {
        record.lines().forEach(LOG::info);
        exchange.getMessage().setBody(record.json(""));
        if (metrics != null) {
            metrics.set(record);
        }
        if (!record.findings().isEmpty()) {
            throw new DrillException("drill " + endpoint.getJob() + ": " + String.join("; ", record.findings()));
        }
        Warnings warnings = Warnings.of(exchange);
        if (!record.proved()) {
            warnings.add("drill " + endpoint.getJob() + ": restored, not proved: " + String.join("; ", record.notes()));
        }
    }
}
