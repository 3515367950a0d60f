/**
 * Artifacts in S3 and what speaks like it.
 *
 * <p>Threads: a multipart upload has one for each part in flight.
 *
 * <p>Camel: yes: it is made from the options of Camel's endpoint and uses its client.
 *
 * <p>Uses: {@code artifact}, {@code storage}.
 *
 * <p>Enters: moving and proving bytes by S3.
 */
package io.onedump.storage.s3;
