/**
 * Values that stand in files of their own, the placeholder {@code {{file:…}}}; and the way of all values of
 * options into their endpoints, as they are and past the texts of URIs.
 *
 * <p>Threads: none.
 *
 * <p>Camel: yes: its functions and its parser for properties are used.
 *
 * <p>Uses: none of ours.
 *
 * <p>Enters: ways to get a secret, and to hand over a value unread. What is done with it afterwards is not here.
 */
package io.onedump.secret;
