/**
 * {@code encrypt:}, the step that makes a sealed artifact of an artifact.
 *
 * <p>Threads: two for each artifact that is being sealed, beside those of its spool.
 *
 * <p>Camel: yes: it is a component.
 *
 * <p>Uses: {@code artifact}, {@code encrypt.age}, {@code secret}.
 *
 * <p>Enters: the step and its options. What the sealed bytes are is for {@code encrypt.age}.
 */
package io.onedump.encrypt;
