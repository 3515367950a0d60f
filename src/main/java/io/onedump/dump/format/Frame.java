package io.onedump.dump.format;

/**
 * One frame of a dump: a piece that can be decompressed by itself.
 *
 * @param number    from 0 in the order of the file, which is the number by which the table index names it
 * @param offset    where its first byte is in the file
 * @param size      bytes in the file
 * @param plainSize bytes of SQL; 0 for a frame that holds none
 * @param checksum  the lower 32 bits of the {@link Xxh64} of its SQL, with which the frame itself ends too; of the
 *                  table index, of the JSON
 */
public record Frame(int number, long offset, long size, long plainSize, int checksum) {

    public Frame {
        if (number < 0 || offset < 0 || size <= 0 || plainSize < 0) {
            throw new IllegalArgumentException("no such frame: number " + number + " at " + offset + ", " + size
                    + " bytes for " + plainSize);
        }
    }
}
