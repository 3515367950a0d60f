/**
 * Checks route files before anything starts, and reports every problem with its place.
 *
 * <p>Threads: none of its own.
 *
 * <p>Camel: yes: it checks Camel's routes.
 *
 * <p>Uses: {@code artifact}, {@code artifact.process}, {@code binlog}, {@code drill}, {@code dump}, {@code job}, {@code
 * secret}, {@code storage}, {@code storage.retention}.
 *
 * <p>Enters: what is known without running. A problem found later belongs to the room that finds it.
 */
package io.onedump.app.config;
