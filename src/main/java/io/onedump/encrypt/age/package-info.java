/**
 * The format age v1 (C2SP, age-encryption.org/v1): sealing for recipients or a passphrase, opening with identities,
 * whole or any range of it. The header is the library's, the payload is sealed and opened here.
 *
 * <p>Threads: sealing uses a pool that it is given; opening those of its reader.
 *
 * <p>Camel: no.
 *
 * <p>Uses: {@code artifact}.
 *
 * <p>Enters: the format. What is sealed, and where it is kept, is not known here.
 */
package io.onedump.encrypt.age;
