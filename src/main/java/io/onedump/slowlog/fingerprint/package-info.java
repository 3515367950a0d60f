/**
 * Which class a statement is of: the statement without its literals, in pt-query-digest's spelling, and what such a
 * fingerprint does with which tables in short. No Camel, no memory of earlier statements; a fingerprinter belongs to
 * one thread. What depends on anything but the statement does not enter.
 */
package io.onedump.slowlog.fingerprint;
