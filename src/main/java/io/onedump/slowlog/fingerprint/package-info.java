/**
 * Which class a statement is of: the statement without its literals, in pt-query-digest's spelling, and in short what
 * such a fingerprint does with which tables.
 *
 * <p>Threads: a fingerprinter belongs to one thread and remembers no earlier statement.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code slowlog.parse}, {@code slowlog.text}.
 *
 * <p>Enters: what depends on nothing but the statement.
 */
package io.onedump.slowlog.fingerprint;
