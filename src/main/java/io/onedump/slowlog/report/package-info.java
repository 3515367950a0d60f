/**
 * Tells a digest: ranking, comparison with an earlier one, and the formats text, JSON, HTML and Markdown; and the
 * events themselves as JSON. No Camel, no threads. Everything that comes from a log is escaped here. What needs the
 * log itself to be read again does not enter.
 */
package io.onedump.slowlog.report;
