/**
 * {@code dump:} by connections of our own or by the databases' own tools, and the executor that makes an artifact of
 * what {@code exec:} prints.
 *
 * <p>Threads: those of {@code artifact.process} and {@code dump.mysql}.
 *
 * <p>Camel: yes: it is a component.
 *
 * <p>Uses: {@code artifact}, {@code artifact.process}, {@code database}, {@code database.client}, {@code
 * database.mysql}, {@code database.postgres}, {@code dump.mysql}, {@code dump.postgres}, {@code secret}, {@code ssh}.
 *
 * <p>Enters: the component and what a dump by a tool needs: its options, checks before it starts, what its output says.
 * Finding and running programs is below, connections of our own are in the room of their database.
 */
package io.onedump.dump;
