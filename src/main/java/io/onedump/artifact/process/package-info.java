/**
 * Runs a program as a source of bytes, or with bytes as its input, and judges how it ended.
 *
 * <p>Threads: one watches the program, one reads what it says of errors, one feeds it where it has input.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}.
 *
 * <p>Enters: whatever holds for every program. What knows a database's client belongs to {@code database.client}.
 */
package io.onedump.artifact.process;
