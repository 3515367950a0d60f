/**
 * The archive: staging on the local disk, files and their manifests in a storage, and going on where it ended.
 *
 * <p>Threads: one follows the server, one uploads, one looks at the lag.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}, {@code binlog.event}, {@code binlog.source}, {@code database.mysql}, {@code storage}.
 *
 * <p>Enters: what keeps every byte of the log. Reading it back for a purpose is for the other rooms.
 */
package io.onedump.binlog.archive;
