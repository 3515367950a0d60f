package io.onedump.app.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.ConfigurationException;
import io.onedump.app.config.Problem;
import io.onedump.app.run.BinlogJob;
import io.onedump.app.run.JobStorages;
import io.onedump.app.run.Terminal;
import io.onedump.artifact.CleanText;
import io.onedump.binlog.LoggedDump;
import io.onedump.binlog.StorageArchiveStore;
import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.moment.Moment;
import io.onedump.binlog.moment.MomentPlanner;
import io.onedump.binlog.moment.Reach;
import io.onedump.binlog.restore.Part;
import io.onedump.binlog.restore.Restore;
import io.onedump.binlog.restore.RestorePlan;
import io.onedump.binlog.restore.RestoreRequest;
import io.onedump.binlog.restore.StopAt;
import io.onedump.database.mysql.MySqlSettings;
import io.onedump.encrypt.age.Identities;
import io.onedump.job.Redaction;
import io.onedump.restore.OpenedDump;
import io.onedump.restore.Restoration;
import io.onedump.restore.StoredDump;
import io.onedump.restore.StoredEntry;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.choice.RestoreResult;

/**
 * Brings a server to a moment: the newest dump of a job from before it, then the archive of its binary log up to it.
 *
 * @param part what is taken from the target when the whole is there; null for what the restoration says
 * @param identities open the dump when it is sealed
 * @param out  gets the plan, before anything is done
 * @param err  is told of dumps that will not do and of storages that cannot be asked
 * @param work this process's own folder
 */
record MomentRestore(Configuration configuration, String job, MomentOptions options, MySqlSettings target,
        Restoration restoration, PartThroughScratch part, Identities identities, Path work, PrintWriter out,
        PrintWriter err) {

    /** What came of it. */
    record Done(String dump, RestoreResult restored, RestorePlan applied) {
    }

    /** @return null after a dry run */
    Done run(boolean dryRun) throws IOException, InterruptedException {
        try (JobStorages storages = JobStorages.of(configuration, job);
                BinlogJob binlog = BinlogJob.of(configuration, archiveJob(job, options, storages));
                StorageArchiveStore store = binlog.openStore()) {
            Archive archive = new Archive(store);
            StopAt stop = options.stop();
            try (Restore restore = dryRun ? new Restore(archive) : Restore.fetching(archive, work)) {
                Moment moment = new MomentPlanner(archive, restore).plan(
                        LoggedDump.newestFirst(storages.known(), this::problem), stop, options.timeline(),
                        options.skipped(), ofLog());
                try (StoredEntry stored = ((LoggedDump) moment.dump()).entry()) {
                    return OpenedDump.use(stored, identities, IdentityOption.WAY_OUT,
                            dump -> run(moment, dump, restore, stop, dryRun));
                }
            }
        }
    }

    private Done run(Moment moment, StoredDump dump, Restore restore, StopAt stop, boolean dryRun)
            throws IOException, InterruptedException {
        RestoreRequest request = new RestoreRequest(moment.plan().timeline(), moment.start(), stop, options.skipped(),
                null, target, options.engine(), work, null, restoration.client(), options.listen(), ofLog());
        moment.rejected().forEach(reason -> err.println("onedump: passed over " + Redaction.of(reason)));
        say("dump     " + dump.name() + "  (" + moment.dump().time() + ")");
        restoration.plan(dump).forEach(this::say);
        if (part != null) {
            say("then, from there:");
            part.plan(dump).forEach(this::say);
        }
        checkCascades(dump);
        moment.plan().lines().forEach(this::say);
        restore.effort(request, moment.plan()).forEach(this::say);
        out.flush();
        if (dryRun) {
            Restore.left(target).forEach(found -> err.println("onedump: " + Redaction.of(found)));
            restore.check(request, moment.plan());
            return null;
        }
        RestoreResult[] restored = new RestoreResult[1];
        restore.run(request, moment.plan(), folder -> {
            restored[0] = restoration.run(dump);
            List<String> different = restored[0].different();
            if (!different.isEmpty()) {
                throw new RestoreException(
                        "the archive was not applied, since the restored dump is not as it was made: "
                                + String.join("; ", different));
            }
        });
        if (part != null) {
            restored[0] = part.run(work, restoration.parallel());
            if (!restored[0].different().isEmpty()) {
                throw new RestoreException("the part that came back is not as it was on the scratch server: "
                        + String.join("; ", restored[0].different()));
            }
        }
        return new Done(dump.name(), restored[0], moment.plan());
    }

    /** What can be restored to: a line for each dump, the newest first. */
    static void list(Configuration configuration, String job, MomentOptions options, PrintWriter out, PrintWriter err)
            throws IOException {
        try (JobStorages storages = JobStorages.of(configuration, job);
                BinlogJob binlog = BinlogJob.of(configuration, archiveJob(job, options, storages));
                StorageArchiveStore store = binlog.openStore()) {
            Archive archive = new Archive(store);
            for (LoggedDump dump : LoggedDump.newestFirst(storages.known(),
                    problem -> err.println("onedump: " + Redaction.of(problem)))) {
                out.println(CleanText.of(Reach.of(archive, dump).toString()));
            }
            out.flush();
        }
    }

    private void checkCascades(StoredDump dump) throws IOException {
        List<String> cascades = ofLog().isAll() ? List.of() : restoration.cascades(dump);
        if (!cascades.isEmpty()) {
            throw new RestoreException("a part cannot be brought there by itself: " + String.join(", ", cascades)
                    + ", by a reference that cascades, which no log says; take both, or name a scratch server with"
                    + " --through");
        }
    }

    private Part ofLog() {
        RestoreChoice choice = restoration.choice();
        return new Part(choice.databases(), choice.tables(), choice.into());
    }

    private static String archiveJob(String job, MomentOptions options, JobStorages storages) {
        String archive = options.archiveJob() == null ? storages.archive() : options.archiveJob();
        if (archive == null) {
            throw new ConfigurationException(Problem.of("--job " + job, "its dump step does not say which job archives"
                    + " the binary log: give --archive-job, or write archive: <job> to the dump step"));
        }
        return archive;
    }

    private void problem(String what) {
        err.println("onedump: " + Redaction.of(what));
    }

    private void say(String line) {
        out.println(Terminal.folded(CleanText.of(line)));
    }
}
