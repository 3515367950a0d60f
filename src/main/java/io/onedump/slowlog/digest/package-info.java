/**
 * Adds events up: classes by fingerprint with their metrics, percentiles, names and times, exactly and in a bounded
 * memory: classes that outgrow it go to the work folder, sorted, and all are merged class by class at the end. No
 * Camel. The digester starts its readers, one thread each, which share nothing but the numbers of names until they
 * are merged at the end. What decides how a digest looks does not enter.
 */
package io.onedump.slowlog.digest;
