package io.onedump.encrypt.age;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.onedump.artifact.ByteRanges;
import io.onedump.artifact.Threads;

/** An identity for a test, and what is sealed for it and opened with it. */
record Keys(String recipient, String file, Identities identities) {

    static Keys generate() {
        NewIdentity made = NewIdentity.generate(Instant.EPOCH);
        return new Keys(made.recipient(), made.file(), Identities.parse(made.file()));
    }

    byte[] seal(byte[] plain) throws IOException {
        return seal(Recipients.of(List.of(recipient)), plain);
    }

    static byte[] seal(Recipients recipients, byte[] plain) throws IOException {
        return seal(Seal.forRecipients(recipients), plain);
    }

    static byte[] seal(Seal seal, byte[] plain) throws IOException {
        try (Threads.Pool threads = Threads.daemons().pool("seal", 2);
                InputStream in = seal.seal(new ByteArrayInputStream(plain), threads)) {
            return in.readAllBytes();
        }
    }

    byte[] open(byte[] sealed) throws IOException {
        return open(sealed, identities);
    }

    static byte[] open(byte[] sealed, Identities identities) throws IOException {
        try (InputStream in = Opening.stream(new ByteArrayInputStream(sealed), identities)) {
            return in.readAllBytes();
        }
    }

    /** The same by ranges. */
    byte[] openRanges(byte[] sealed) throws IOException {
        return openRanges(sealed, identities);
    }

    static byte[] openRanges(byte[] sealed, Identities identities) throws IOException {
        ByteRanges opened = Opening.ranges(new Counted(sealed, new AtomicLong()), identities);
        try (InputStream in = opened.open(0, opened.size())) {
            return in.readAllBytes();
        }
    }

    /** Bytes that give no more than is asked for, and count what they give. */
    record Counted(byte[] bytes, AtomicLong given) implements ByteRanges {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open(long offset, long length) {
            int count = (int) Math.min(length, bytes.length - offset);
            given.addAndGet(count);
            return new ByteArrayInputStream(bytes, (int) offset, count);
        }
    }
}
