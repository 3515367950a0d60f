package io.onedump.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.onedump.artifact.Threads;
import io.onedump.binlog.LoggedDump;
import io.onedump.binlog.archive.Archive;
import io.onedump.drill.evidence.DrillRecord;
import io.onedump.drill.scratch.Scratch;
import io.onedump.drill.scratch.ScratchChoice;
import io.onedump.encrypt.age.Identities;
import io.onedump.restore.JobPlaces;
import io.onedump.restore.StoredEntry;
import io.onedump.restore.choice.RestoreListener;
import io.onedump.servers.SqlServer;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is changed in a dump, in an archive or on the restored side, a drill finds it. How many changes of each
 * kind: the property {@code onedump.test.changes}.
 */
@Timeout(3000)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InjectedChangesContract {

    static final int CHANGES = Integer.getInteger("onedump.test.changes", 1);
    static final long SEED = 20261201;

    SqlServer original;
    SqlServer scratch;
    DefaultCamelContext context;
    Path folder;
    JobPlaces places;

    /** What is changed on a server, and how it becomes again as it was. */
    record Change(String kind, String database, List<String> statements, List<String> undoing) {

        static Change of(String kind, String database, String statement, String... undoing) {
            return new Change(kind, database, List.of(statement), List.of(undoing));
        }
    }

    abstract SqlServer start();

    abstract void fill(SqlServer server);

    abstract String dumpUri();

    abstract String dsn(SqlServer of);

    /** One of each kind. */
    abstract List<Change> changes(Random random, int number);

    @BeforeAll
    void dump(@TempDir Path temporary) throws Exception {
        folder = temporary;
        original = start();
        scratch = start();
        scratch.execute("CREATE DATABASE onedump_scratch");
        fill(original);
        context = new DefaultCamelContext();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:dump").routeId("dump").to(dumpUri()).to("checksum:sha256")
                        .to("storage:file:" + folder.resolve("kept"));
            }
        });
        context.start();
        context.createProducerTemplate().sendBody("direct:dump", "");
        places = JobPlaces.of(context, "dump").orElseThrow();
    }

    @AfterAll
    void stop() {
        context.stop();
        original.close();
        scratch.close();
    }

    final Drill drill(DrillTarget target, Archive archive) throws IOException {
        return new Drill(Threads.daemons(), "dump", target, ScratchChoice.parse(dsn(scratch), null, null, null),
                archive, 2, null, Identities.NONE, Files.createDirectories(folder.resolve("work")), new Random(SEED),
                Clock.systemUTC(), RestoreListener.NONE);
    }

    @Test
    void findsEachChangeOfTheRestoredSide() throws Exception {
        List<String> missed = new ArrayList<>();
        Drill drill = drill(DrillTarget.DUMP, null);
        StoredEntry dump = places.newestFirst(problem -> {
        }).get(0);
        DrilledDump drilled = DrilledDump.of(drill, dump, dump);
        int tried = 0;
        try (Scratch server = drill.scratch().open(drill.threads(), drilled.origin(), drill.work())) {
            Course course = new Course(drill, Instant.now());
            drilled.prove(course, server, drilled.prepare(server));
            assertThat(course.record(Instant.now()).findings()).isEmpty();
            Random random = new Random(SEED);
            for (int number = 0; number < CHANGES; number++) {
                for (Change change : changes(random, number)) {
                    change(scratch, change.database(), change.statements());
                    if (findings(drill, drilled, server).isEmpty()) {
                        missed.add(change.kind() + ": " + change.statements());
                    }
                    change(scratch, change.database(), change.undoing());
                    tried++;
                    if (tried % 7 == 0) {
                        assertThat(findings(drill, drilled, server)).as("after undoing %s", change).isEmpty();
                    }
                }
            }
            assertThat(findings(drill, drilled, server)).isEmpty();
        }
        assertThat(missed).as("of %d", tried).isEmpty();
        System.out.println("drill: " + tried + " changes of the restored side, all found");
    }

    private static void change(SqlServer server, String database, List<String> statements) {
        server.executeIn(database, statements.toArray(String[]::new));
    }

    private List<String> findings(Drill drill, DrilledDump drilled, Scratch server) throws IOException {
        Course course = new Course(drill, Instant.now());
        drilled.compare(course, server, true);
        return course.record(Instant.now()).findings();
    }

    @Test
    void findsEachChangeOfTheDump() throws Exception {
        List<LoggedDump> dumps = LoggedDump.newestFirst(places, problem -> {
        });
        Path file = folder.resolve("kept").resolve(dumps.get(0).name());
        Random random = new Random(SEED);
        assertThat(drill(DrillTarget.DUMP, null).run(dumps, List.of()).findings()).isEmpty();
        List<String> missed = changeBytes(List.of(file), random, CHANGES * 4,
                () -> drill(DrillTarget.DUMP, null).run(LoggedDump.newestFirst(places, problem -> {
                }), List.of()));
        assertThat(missed).isEmpty();
        System.out.println("drill: " + CHANGES * 4 + " changes of the dump, all found");
    }

    /** What a drill says while a file is not as it was. */
    interface Drilling {
        DrillRecord run() throws IOException;
    }

    static List<String> changeBytes(List<Path> files, Random random, int times, Drilling drilling)
            throws IOException {
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            Path file = files.get(random.nextInt(files.size()));
            byte[] before = Files.readAllBytes(file);
            int place = random.nextInt(before.length);
            byte[] after = before.clone();
            after[place] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, after);
            try {
                DrillRecord record = drilling.run();
                if (record.findings().isEmpty()) {
                    missed.add(file.getFileName() + " at " + place + ": " + record.notes());
                }
            } finally {
                Files.write(file, before);
            }
        }
        return missed;
    }
}
