/**
 * Tells a digest: ranking, comparison with an earlier one, the formats text, JSON, HTML and Markdown, and the events
 * themselves as JSON. Everything that comes from a log is escaped here.
 *
 * <p>Threads: none.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code slowlog.digest}, {@code slowlog.fingerprint}, {@code slowlog.log}, {@code
 * slowlog.parse}, {@code slowlog.text}.
 *
 * <p>Enters: what needs no log to be read again.
 */
package io.onedump.slowlog.report;
