package io.onedump.servers;

import java.time.Duration;

/** A {@link TcpProxy} as a program, for benchmarks: delays every byte by half of the given milliseconds on each way. */
final class LatencyProxy {

    private LatencyProxy() {
    }

    /** @param arguments the target's port, and milliseconds for both ways together; prints its own port */
    public static void main(String[] arguments) throws InterruptedException {
        TcpProxy proxy = TcpProxy.to(Loopback.HOST, Integer.parseInt(arguments[0]));
        proxy.latency(Duration.ofNanos(Long.parseLong(arguments[1]) * 500_000));
        System.out.println(proxy.port());
        Thread.currentThread().join();
    }
}
