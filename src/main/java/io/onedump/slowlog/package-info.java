/**
 * {@code slowlog:}, the Camel component that digests slow query logs into a report. What the endpoint offers and what
 * a run does is here; how a log is found, parsed, added up and told is in the rooms below, which know nothing of
 * Camel: {@code text < parse < {fingerprint, log} < digest < report}, each using only rooms to its left. A run is on
 * the thread of its exchange and has the digest start its readers. Nothing enters that could be used without Camel.
 */
package io.onedump.slowlog;
