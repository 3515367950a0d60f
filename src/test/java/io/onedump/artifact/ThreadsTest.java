package io.onedump.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThreadsTest {

    private final CamelContext context = new DefaultCamelContext();

    Stream<Threads> both() {
        context.start();
        return Stream.of(Threads.daemons(), ContextThreads.of(context));
    }

    @AfterAll
    void stop() {
        context.stop();
    }

    @ParameterizedTest
    @MethodSource("both")
    void nameTheirThreadsAndLetTheProcessEnd(Threads threads) throws Exception {
        CompletableFuture<Thread> started = new CompletableFuture<>();
        CompletableFuture<String> name = new CompletableFuture<>();

        threads.start("read shop.sql", () -> {
            name.complete(Thread.currentThread().getName());
            started.complete(Thread.currentThread());
        }).join();

        assertThat(name.get()).endsWith("onedump read shop.sql");
        assertThat(started.get().isDaemon()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("both")
    void tellWhetherATaskHasEnded(Threads threads) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        BackgroundTask task = threads.start("wait", () -> awaitQuietly(end));

        assertThat(task.join(Duration.ofMillis(1))).isFalse();
        assertThat(task.isAlive()).isTrue();
        end.countDown();
        assertThat(task.join(Duration.ofSeconds(10))).isTrue();
        assertThat(task.isAlive()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("both")
    void interruptOneTaskAndNotTheNextOfTheSameThread(Threads threads) throws Exception {
        CompletableFuture<Boolean> first = new CompletableFuture<>();
        BackgroundTask task = threads.start("wait", () -> first.complete(awaitQuietly(new CountDownLatch(1))));
        task.interrupt();
        task.join();
        task.interrupt();

        assertThat(first.get()).as("ended by itself").isFalse();
        assertThat(threads.call("next", () -> Thread.currentThread().isInterrupted()).get()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("both")
    void endATaskThatFails(Threads threads) throws Exception {
        BackgroundTask task = threads.start("fail", () -> {
            throw new IllegalStateException("on purpose");
        });

        assertThat(task.join(Duration.ofSeconds(10))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("both")
    void handOnWhatACallThrows(Threads threads) {
        CompletableFuture<Object> call = threads.call("fail", () -> {
            throw new IOException("on purpose");
        });

        assertThatThrownBy(call::join).isInstanceOf(CompletionException.class).cause()
                .isInstanceOf(IOException.class).hasMessage("on purpose");
    }

    @ParameterizedTest
    @MethodSource("both")
    void haveNoMoreThreadsInAPoolThanWereWanted(Threads threads) throws Exception {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Threads.Pool pool = threads.pool("send", 2)) {
            List<Future<Integer>> all = Stream.generate(() -> pool.submit(() -> {
                most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                Thread.onSpinWait();
                return atWork.decrementAndGet();
            })).limit(200).toList();
            for (Future<Integer> each : all) {
                each.get();
            }
        }

        assertThat(most.get()).isBetween(1, 2);
    }

    @ParameterizedTest
    @MethodSource("both")
    void interruptAPoolThatIsClosed(Threads threads) {
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        try (Threads.Pool pool = threads.pool("send", 1)) {
            pool.submit(() -> {
                begun.countDown();
                return ended.complete(awaitQuietly(new CountDownLatch(1)));
            });
            awaitQuietly(begun);
        }

        assertThat(ended).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(false);
    }

    @ParameterizedTest
    @MethodSource("both")
    void repeatEvenWhatHasFailed(Threads threads) {
        AtomicInteger times = new AtomicInteger();
        try (Threads.Scheduled repeated = threads.every(Duration.ofMillis(1), "look", () -> {
            times.incrementAndGet();
            throw new IllegalStateException("on purpose");
        })) {
            await().untilAtomic(times, org.hamcrest.Matchers.greaterThan(2));
        }
    }

    @Test
    void ofAContextAreMadeAndCountedByIt() throws Exception {
        CompletableFuture<ThreadPoolExecutor> counted = new CompletableFuture<>();
        try (CamelContext estate = new DefaultCamelContext()) {
            estate.getExecutorServiceManager().setThreadNamePattern("estate-#counter#-#name#");
            estate.getExecutorServiceManager().setThreadPoolFactory(new DefaultThreadPoolFactory() {
                @Override
                public java.util.concurrent.ExecutorService newCachedThreadPool(
                        java.util.concurrent.ThreadFactory factory) {
                    ThreadPoolExecutor pool = (ThreadPoolExecutor) super.newCachedThreadPool(factory);
                    counted.complete(pool);
                    return pool;
                }
            });
            estate.start();
            Threads threads = ContextThreads.of(estate);

            String name = threads.call("read shop.sql", () -> Thread.currentThread().getName()).get();

            assertThat(name).matches("estate-\\d+-onedump read shop.sql");
            assertThat(counted).isDone();
            await().until(() -> counted.get().getCompletedTaskCount() == 1);
            assertThat(ContextThreads.of(estate)).isSameAs(threads);
        }
        assertThat(counted.get().isShutdown()).isTrue();
    }

    @Test
    void ofAContextThatHasEndedStillTidyUp() throws Exception {
        Threads threads;
        try (CamelContext estate = new DefaultCamelContext()) {
            estate.start();
            threads = ContextThreads.of(estate);
            threads.start("work", () -> {
            }).join();
        }

        assertThat(threads.call("tidy up", () -> 17).get()).isEqualTo(17);
    }

    /** @return false when it was interrupted */
    private static boolean awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
