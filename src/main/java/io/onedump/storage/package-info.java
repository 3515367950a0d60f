/**
 * {@code storage:}, and what every place that keeps artifacts promises: whole or nothing, proved, listed, retained.
 *
 * <p>Threads: a {@link io.onedump.storage.Storage} is for one thread at a time.
 *
 * <p>Camel: yes: it is a component, and its delegates are Camel's.
 *
 * <p>Uses: {@code artifact}, {@code encrypt.age}, {@code secret}, {@code ssh}, {@code storage.drive},
 * {@code storage.dropbox}, {@code storage.file}, {@code storage.retention}, {@code storage.s3}, {@code storage.sftp}.
 *
 * <p>Enters: the promises and what is the same in all places. What one kind of place needs is in the room of its name.
 */
package io.onedump.storage;
