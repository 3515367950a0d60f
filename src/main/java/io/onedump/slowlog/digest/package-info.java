/**
 * Adds events up: classes by fingerprint with their metrics, percentiles, names and times, in bounded memory and
 * exactly, whatever the number of readers.
 *
 * <p>Threads: the digester starts its readers, one thread each, which share nothing but the numbers of names until
 * they are merged.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code slowlog.fingerprint}, {@code slowlog.log}, {@code slowlog.parse}, {@code
 * slowlog.text}.
 *
 * <p>Enters: what counts. How a digest looks is for {@code slowlog.report}.
 */
package io.onedump.slowlog.digest;
