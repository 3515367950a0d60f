/**
 * The format of native dumps: frames of SQL, the table index and the seek table at the end, written as they come and
 * read by range.
 *
 * <p>Threads: a {@link io.onedump.dump.format.FrameWriter} serves any number, each with a compressor of its own; a
 * {@link io.onedump.dump.format.DumpFile} may be read by several.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}.
 *
 * <p>Enters: what docs/format.md says, whatever database the SQL is for. What is in a frame is for those who fill it.
 */
package io.onedump.dump.format;
