/**
 * {@code dump:} by the databases' own tools, and the executor that makes an artifact of what {@code exec:} prints.
 *
 * <p>Threads: those of {@code artifact.process}.
 *
 * <p>Camel: yes: it is a component.
 *
 * <p>Uses: {@code artifact}, {@code artifact.process}, {@code database}, {@code database.client}, {@code
 * database.mysql}, {@code database.postgres}, {@code ssh}.
 *
 * <p>Enters: what a dump by a tool needs: its options, checks before it starts, what its output says. Finding and
 * running programs is below.
 */
package io.onedump.dump;
