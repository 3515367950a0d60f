/**
 * {@code checksum:}, the step that computes an artifact's digest and has it kept beside the artifact.
 *
 * <p>Threads: those of the route.
 *
 * <p>Camel: yes: it is a component.
 *
 * <p>Uses: {@code artifact}.
 *
 * <p>Enters: algorithms and the step. The sidecar itself is for {@code storage}.
 */
package io.onedump.checksum;
