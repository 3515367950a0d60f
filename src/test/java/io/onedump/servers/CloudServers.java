package io.onedump.servers;

/** The imitated services in the cloud as a program, for benchmarks. */
final class CloudServers {

    private static final int PAGE_SIZE = 100;

    private CloudServers() {
    }

    /** Prints the port, the port for HTTPS_PROXY and the access token of Drive, then of Dropbox. */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println(describe(FakeDrive.start(PAGE_SIZE)) + " " + describe(FakeDropbox.start(PAGE_SIZE)));
        Thread.currentThread().join();
    }

    private static String describe(CloudServer server) {
        String proxy = TlsProxy.to(server.endpoint()).address();
        return server.endpoint().getPort() + " " + proxy.substring(proxy.lastIndexOf(':') + 1) + " "
                + server.accessToken();
    }
}
