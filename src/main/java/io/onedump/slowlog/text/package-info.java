/**
 * Bytes of a log as text, tokens and names: how they are decoded, where a token of SQL ends, which number a name has.
 * No Camel, no state but {@link io.onedump.slowlog.text.Names}, of which each thread has its own before a shared,
 * locked registry. What knows headers, events or fingerprints does not enter.
 */
package io.onedump.slowlog.text;
