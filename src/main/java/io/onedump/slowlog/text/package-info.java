/**
 * Bytes of a log as text, tokens and names: how they are decoded, where a token of SQL ends, which number a name has.
 *
 * <p>Threads: no state but {@link io.onedump.slowlog.text.Names}, of which each thread has its own before a shared,
 * locked registry.
 *
 * <p>Camel: no.
 *
 * <p>Uses: none of ours.
 *
 * <p>Enters: what knows neither headers nor events nor fingerprints.
 */
package io.onedump.slowlog.text;
