package io.onedump.encrypt.age;

/** Where which byte of a payload is: chunks of 64 KiB, each 16 bytes longer when sealed, the last one shorter. */
final class Chunks {

    static final int PLAIN = 64 * 1024;
    static final int TAG = 16;
    static final int SEALED = PLAIN + TAG;

    private Chunks() {
    }

    /** The number of chunks in a sealed payload of that many bytes, whether or not it is a possible one. */
    static long count(long payload) {
        return (payload + SEALED - 1) / SEALED;
    }

    /**
     * How many bytes were sealed.
     *
     * @throws SealException when no payload has that size
     */
    static long plainSize(long payload) throws SealException {
        long count = count(payload);
        long last = payload - (count - 1) * SEALED;
        if (payload <= 0 || last < TAG || last == TAG && count > 1) {
            throw cutOff();
        }
        return payload - count * TAG;
    }

    static SealException cutOff() {
        return new SealException("it is sealed and ends before its end: it is cut off");
    }
}
