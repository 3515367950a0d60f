/**
 * The databases' own programs: finding them, telling whose they are and how old, and letting them log in with no more
 * than our own connection needed. All words for encryption that such a program understands are written here.
 */
package io.onedump.database.client;
