/**
 * Brings dumps back: decides by what a dump is who restores it.
 *
 * <p>Threads: those of the ways to restore.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code database}, {@code database.mysql}, {@code dump.format}, {@code restore.choice},
 * {@code restore.mysql}, {@code restore.tool}, {@code storage}.
 *
 * <p>Enters: what every caller of a restore needs, the command and others.
 */
package io.onedump.restore;
