/**
 * Runs programs: as a source of bytes, or fed with them, judged by how they ended. Each has a thread that drains its
 * standard error and one that watches or feeds it. Nowhere else is a program started, except for {@code ssh}.
 */
package io.onedump.artifact.process;
