/**
 * Adds events up: classes by fingerprint with their metrics, percentiles, names and times, in a bounded memory. No
 * Camel. The digester starts its readers, one thread each, which share nothing but the numbers of names until they
 * are merged at the end. What decides how a digest looks does not enter.
 */
package io.onedump.slowlog.digest;
