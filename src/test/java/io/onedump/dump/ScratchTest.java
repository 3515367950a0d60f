package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {

    @TempDir
    private Path folder;

    @Test
    void mayBeClosedByItsWriterAndItsReaderAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 500; round++) {
                Scratch scratch = new Scratch(folder::resolve);
                AtomicInteger closed = new AtomicInteger();
                for (int i = 0; i < 20; i++) {
                    scratch.with(closed::incrementAndGet);
                }
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<Integer>> closers = new ArrayList<>();
                for (int i = 0; i < 2; i++) {
                    closers.add(threads.submit(() -> {
                        together.await();
                        scratch.close();
                        return closed.get();
                    }));
                }
                for (Future<Integer> closer : closers) {
                    assertThat(closer.get()).isEqualTo(20);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closesAllWhenOneCannotBeClosed() throws Exception {
        Scratch scratch = new Scratch(folder::resolve);
        AtomicInteger closed = new AtomicInteger();
        scratch.with(() -> {
            throw new IOException("no");
        });
        scratch.with(closed::incrementAndGet);

        assertThatThrownBy(scratch::close).hasMessage("no");
        assertThat(closed).hasValue(1);
    }
}
