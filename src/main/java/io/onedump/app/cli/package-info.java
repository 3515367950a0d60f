/**
 * The command {@code onedump}: one class for each verb, its options, and what it prints. Nothing that an embedding
 * program could want is here.
 */
package io.onedump.app.cli;
