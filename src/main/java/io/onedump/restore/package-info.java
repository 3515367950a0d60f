/**
 * {@code restore:}, the step that brings a dump back, and what decides by what a dump is who restores it.
 *
 * <p>Threads: those of the ways to restore.
 *
 * <p>Camel: yes: it is a component.
 *
 * <p>Uses: {@code artifact}, {@code database}, {@code database.mysql}, {@code database.postgres}, {@code dump}, {@code
 * dump.format}, {@code encrypt.age}, {@code job}, {@code restore.choice}, {@code restore.mysql}, {@code
 * restore.postgres}, {@code restore.tool}, {@code secret}, {@code storage}, {@code storage.retention}.
 *
 * <p>Enters: options, and what every caller of a restore needs, the step, the command and others.
 */
package io.onedump.restore;
