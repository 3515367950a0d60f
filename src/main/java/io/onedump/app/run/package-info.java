/**
 * Runs an application: its context, its jobs once or on schedule, their storages, and what goes wrong at the start.
 *
 * <p>Threads: one for each job that runs at once.
 *
 * <p>Camel: yes: it is an application of Camel.
 *
 * <p>Uses: {@code app.config}, {@code artifact}, {@code binlog}, {@code binlog.archive}, {@code binlog.moment},
 * {@code binlog.restore}, {@code database.mysql}, {@code dump}, {@code job}, {@code restore},
 * {@code restore.choice}, {@code secret}, {@code storage}, {@code storage.retention}, {@code sync}.
 *
 * <p>Enters: what several commands need. What one command alone needs is in its class.
 */
package io.onedump.app.run;
