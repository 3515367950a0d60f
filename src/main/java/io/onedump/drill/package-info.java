/**
 * {@code drill:}, the step that restores a job's newest dump into a scratch server and proves that all of it came back.
 *
 * <p>Threads: that of the caller; the restore's own.
 *
 * <p>Camel: yes: it is a component.
 *
 * <p>Uses: {@code artifact}, {@code binlog}, {@code binlog.archive}, {@code binlog.event}, {@code binlog.moment},
 * {@code binlog.restore}, {@code database}, {@code database.mysql}, {@code drill.evidence}, {@code drill.proof}, {@code
 * drill.scratch}, {@code dump}, {@code dump.format}, {@code encrypt.age}, {@code restore}, {@code restore.choice},
 * {@code secret}, {@code storage}.
 *
 * <p>Enters: the course of a drill. What a scratch server is, what a proof is and how its evidence is kept have rooms
 * below.
 */
package io.onedump.drill;
