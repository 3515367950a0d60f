/**
 * Reads route files and reports every problem in them with its place. Starts nothing and connects to nothing but the
 * bucket that holds the files.
 */
package io.onedump.app.config;
