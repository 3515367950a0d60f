package io.onedump.binlog.archive;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One way in which a storage goes wrong, in two calls of three until it is taken away. */
final class StorageFault implements FolderStore.Fault {

    private static final long SLOW_MILLIS = 300;

    private final Kind kind;
    private final Random random;
    private final AtomicInteger strikes = new AtomicInteger();
    private final AtomicInteger spared = new AtomicInteger();

    enum Kind {
        REFUSES("put"),
        /** It has the object and says that it has not. */
        FORGETS_TO_ANSWER("put-late"),
        CANNOT_READ("get"),
        CANNOT_LIST("list"),
        CANNOT_DELETE("delete"),
        SLOW("put"),
        /** As clients of some storages do, which know no checked exceptions. */
        CRASHES("put"),
        GONE("");

        /** All but the one that strikes at the beginning only. */
        static final Set<Kind> DURING_A_RUN = EnumSet.complementOf(EnumSet.of(CANNOT_LIST));

        private final String call;

        Kind(String call) {
            this.call = call;
        }
    }

    StorageFault(Kind kind, Random random) {
        this.kind = kind;
        this.random = random;
    }

    /** How often it could have struck and did not. */
    int spared() {
        return spared.get();
    }

    /** How often it struck. */
    int strikes() {
        return strikes.get();
    }

    @Override
    public String toString() {
        return kind.toString();
    }

    @Override
    public void strike(String call, String name) throws IOException {
        boolean meant = kind == Kind.GONE || call.equals(kind.call);
        if (!meant) {
            return;
        }
        if (kind != Kind.GONE && random.nextInt(3) == 0) {
            spared.incrementAndGet();
            return;
        }
        strikes.incrementAndGet();
        if (kind == Kind.SLOW) {
            dawdle();
        } else if (kind == Kind.CRASHES) {
            throw new IllegalStateException("the storage crashed at " + call + " of " + name);
        } else {
            throw new IOException("the storage failed: " + kind + " at " + call + " of " + name);
        }
    }

    private static void dawdle() throws IOException {
        try {
            new CountDownLatch(1).await(SLOW_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
