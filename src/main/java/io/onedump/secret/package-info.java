/**
 * Values that stand in files of their own: the placeholder {@code {{file:…}}}.
 *
 * <p>Threads: none.
 *
 * <p>Camel: yes: it is one of Camel's functions for properties.
 *
 * <p>Uses: none of ours.
 *
 * <p>Enters: ways to get a secret. What is done with it afterwards is not here.
 */
package io.onedump.secret;
