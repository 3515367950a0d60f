package io.onedump.servers;

import java.time.Duration;

/** What happens to the bytes that go one way, over all connections. */
public final class ProxyDirection {

    private static final long NEVER = Long.MAX_VALUE;

    private long passed;
    private long cutAt = NEVER;
    private long bytesPerSecond = NEVER;
    private Duration latency = Duration.ZERO;
    private boolean stalled;
    private int fired;

    ProxyDirection() {
    }

    /** How many bytes the proxy took from the sender so far. */
    public synchronized long passed() {
        return passed;
    }

    /** How many connections were cut on this way, and how often bytes were held back. */
    public synchronized int fired() {
        return fired;
    }

    /** Resets the connection, once, that carries the byte after the next {@code bytes} ones; not all may arrive. */
    public synchronized void cutAfter(long bytes) {
        cutAt = passed + bytes;
    }

    /** Delays each byte by this much, however many are on the way. */
    public synchronized void latency(Duration delay) {
        latency = delay;
    }

    /** Limits each connection. */
    public synchronized void bandwidth(long limitInBytesPerSecond) {
        bytesPerSecond = limitInBytesPerSecond;
    }

    /** Holds back every byte, connections staying open, until {@link #heal()}. */
    public synchronized void stall() {
        stalled = true;
    }

    /** Takes away every fault and limit. */
    public synchronized void heal() {
        cutAt = NEVER;
        bytesPerSecond = NEVER;
        latency = Duration.ZERO;
        stalled = false;
        notifyAll();
    }

    /** @return how many of the bytes may pass; when fewer than given, the connection has to be cut after them */
    synchronized int admit(int bytes) {
        if (passed + bytes <= cutAt) {
            passed += bytes;
            return bytes;
        }
        int rest = (int) (cutAt - passed);
        passed = cutAt;
        cutAt = NEVER;
        fired++;
        return rest;
    }

    synchronized long latencyNanos() {
        return latency.toNanos();
    }

    /** How long sending takes at the present bandwidth. */
    synchronized long nanosFor(int bytes) {
        return bytesPerSecond == NEVER ? 0 : Math.multiplyExact(bytes, 1_000_000_000L) / bytesPerSecond;
    }

    synchronized void awaitFlow() throws InterruptedException {
        fired += stalled ? 1 : 0;
        while (stalled) {
            wait();
        }
    }
}
