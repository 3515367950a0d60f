/**
 * Runs a configuration: a Camel context with its routes, one job or all of them, the storages and the archive that a
 * job is about, its log and its progress. Knows Camel's Main and nothing of the command line: what enters is a
 * {@link io.onedump.app.config.Configuration}, what leaves are results and exceptions.
 */
package io.onedump.app.run;
