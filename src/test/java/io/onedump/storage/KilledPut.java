package io.onedump.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

import io.onedump.artifact.Artifact;
import io.onedump.artifact.Digest;
import io.onedump.servers.DriveClients;
import io.onedump.servers.DropboxClients;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A process that puts an artifact which does not end, to be killed. It says so when the storage has taken much of it.
 */
final class KilledPut {

    static final String READY = "much was taken";

    private static final int MUCH = 4 * StorageConformance.CHUNK;

    private KilledPut() {
    }

    /** @param arguments the URI of a storage endpoint, the artifact's name, and where a server in the cloud is */
    public static void main(String[] arguments) throws Exception {
        try (CamelContext context = context(arguments[2])) {
            Storage storage = context.getEndpoint(arguments[0], StorageEndpoint.class).open();
            storage.put(arguments[1], new Endless(arguments[1]));
        }
    }

    /** A context with clients of the server in the cloud, named {@code drive} and {@code dropbox}. */
    static CamelContext context(String cloud) {
        CamelContext context = new DefaultCamelContext();
        context.getRegistry().bind("drive", new DriveClients(cloud));
        context.getRegistry().bind("dropbox", DropboxClients.refreshing(cloud));
        context.start();
        return context;
    }

    /** Gives some bytes and then waits for more to come, as a slow dump does. */
    private record Endless(String name) implements Artifact {

        @Override
        public InputStream open() {
            return new InputStream() {

                private int given;

                @Override
                public int read() {
                    if (given++ == MUCH) {
                        System.out.println(READY);
                        sleep();
                    }
                    return given & 0xff;
                }
            };
        }

        @Override
        public long awaitBytes(long bytes) {
            if (bytes > MUCH) {
                System.out.println(READY);
                sleep();
            }
            return bytes;
        }

        @Override
        public Digest digest() throws IOException {
            throw new IOException("this artifact does not end");
        }

        private static void sleep() {
            try {
                TimeUnit.MINUTES.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
