/**
 * One class for each command.
 *
 * <p>Threads: those of the application.
 *
 * <p>Camel: yes, through {@code app.run}.
 *
 * <p>Uses: {@code app.config}, {@code app.run}, {@code artifact}, {@code binlog}, {@code binlog.archive}, {@code
 * binlog.event}, {@code binlog.find}, {@code binlog.moment}, {@code binlog.restore}, {@code binlog.verify}, {@code
 * database}, {@code database.mysql}, {@code drill}, {@code drill.evidence}, {@code drill.scratch}, {@code dump.mysql},
 * {@code encrypt.age}, {@code job}, {@code restore}, {@code restore.choice}, {@code slowlog}, {@code slowlog.digest},
 * {@code slowlog.fingerprint}, {@code slowlog.log}, {@code slowlog.parse}, {@code slowlog.report}, {@code storage},
 * {@code storage.retention}, {@code sync}.
 *
 * <p>Enters: arguments, what is printed, and the exit code that is returned.
 */
package io.onedump.app.cli;
