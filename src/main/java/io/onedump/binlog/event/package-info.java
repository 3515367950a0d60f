/**
 * Events of the binary log as bytes: headers, checksums, GTIDs, transactions.
 *
 * <p>Threads: none of its own.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code database.mysql}.
 *
 * <p>Enters: parsing. Nothing here connects or keeps.
 */
package io.onedump.binlog.event;
