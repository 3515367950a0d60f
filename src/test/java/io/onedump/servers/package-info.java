/**
 * Real servers for the integration tests and the benchmarks. Each is a private child process (or, where said, an
 * embedded server) on a free loopback port with all its files in a temporary folder; closing it ends the process, waits
 * for its end and deletes the folder. What a test forgot to close goes when the JVM ends.
 *
 * <p>JUnit closes the arguments of a parameterized test: one that gets a shared server says
 * {@code autoCloseArguments = false}.
 */
package io.onedump.servers;
