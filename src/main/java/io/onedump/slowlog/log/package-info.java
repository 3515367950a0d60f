/**
 * The files and streams that are logs: finding them, unpacking them, following one over rotations with a bookmark,
 * and what a failure to read one means. No Camel; opened by any thread, each opening used by one. What looks into
 * events does not enter.
 */
package io.onedump.slowlog.log;
