package io.onedump.app.cli;

import java.io.PrintWriter;
import java.time.ZonedDateTime;
import java.util.Collection;

import io.onedump.app.config.Schedule;
import io.onedump.job.Job;

/** What a good configuration does that its author may not expect. */
final class Warnings {

    private Warnings() {
    }

    static void print(Collection<Job> jobs, PrintWriter err) {
        for (Job job : jobs.stream().filter(Job::enabled).toList()) {
            Schedule.of(job.input().resolved()).skipped(ZonedDateTime.now())
                    .ifPresent(skipped -> err.println("warning: job " + job.id() + ": " + skipped));
        }
        err.flush();
    }
}
