package io.onedump.slowlog.digest;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * All classes of a digest: those in the readers' memory and those that had to leave it, merged class by class. Sorted
 * runs and their merging take a memory that does not grow with the number of classes.
 */
final class ClassStore implements Closeable {

    /** Takes classes in the order of their fingerprints; each comes once. */
    interface Visitor {
        void visit(ClassStats c) throws IOException;
    }

    /** So many files are read at a time; when there are more, they are first merged to fewer. */
    private static final int MOST_RUNS = 256;

    private final Scratch scratch;
    private final List<String> logs;
    private final List<ClassRun> runs = new ArrayList<>();
    private final List<List<ClassStats>> inMemory = new ArrayList<>();

    /** @param logs names of the logs */
    ClassStore(Scratch scratch, List<String> logs) {
        this.scratch = scratch;
        this.logs = logs;
    }

    /** Writes classes that are in the order of their fingerprints to a file; any reader may call it at any time. */
    ClassRun spill(List<ClassStats> classes) throws IOException {
        try (ClassRun.Writer out = new ClassRun.Writer(scratch.newFile("classes"))) {
            for (ClassStats c : classes) {
                out.write(c);
            }
            return add(out.end());
        }
    }

    private synchronized ClassRun add(ClassRun run) {
        runs.add(run);
        return run;
    }

    /** Takes what a reader still has in memory at its end. */
    void take(ClassTable table) throws IOException {
        List<ClassStats> classes = table.takeAll();
        if (runs.isEmpty()) {
            inMemory.add(classes);
        } else {
            spill(classes);
        }
    }

    /** Whether classes had to leave the memory. */
    boolean isSpilled() {
        return !runs.isEmpty();
    }

    /** Goes through all classes. A second time is possible only when all were spilled. */
    void forEach(Visitor visitor) throws IOException {
        while (runs.size() > MOST_RUNS) {
            mergeSome();
        }
        merge(runs, inMemory, visitor);
    }

    private void mergeSome() throws IOException {
        List<ClassRun> some = runs.subList(0, MOST_RUNS);
        try (ClassRun.Writer out = new ClassRun.Writer(scratch.newFile("classes"))) {
            merge(some, List.of(), out::write);
            ClassRun merged = out.end();
            for (ClassRun run : some) {
                run.delete();
            }
            some.clear();
            runs.add(merged);
        }
    }

    private void merge(List<ClassRun> files, List<List<ClassStats>> lists, Visitor visitor) throws IOException {
        List<ClassCursor> open = new ArrayList<>();
        try {
            for (ClassRun run : files) {
                open.add(run.read(logs));
            }
            lists.forEach(list -> open.add(ClassCursor.of(list)));
            merge(open, visitor);
        } finally {
            for (ClassCursor cursor : open) {
                cursor.close();
            }
        }
    }

    private static void merge(List<ClassCursor> sources, Visitor visitor) throws IOException {
        PriorityQueue<ClassCursor> queue =
                new PriorityQueue<>(Comparator.comparing(ClassCursor::current, ClassStats.BY_FINGERPRINT));
        for (ClassCursor source : sources) {
            if (source.next()) {
                queue.add(source);
            }
        }
        ClassStats merged = null;
        while (!queue.isEmpty()) {
            ClassCursor first = queue.remove();
            ClassStats c = first.current();
            if (merged != null && ClassStats.BY_FINGERPRINT.compare(merged, c) == 0) {
                merged.merge(c);
            } else {
                if (merged != null) {
                    visitor.visit(merged);
                }
                merged = c;
            }
            if (first.next()) {
                queue.add(first);
            }
        }
        if (merged != null) {
            visitor.visit(merged);
        }
    }

    /** Removes the files. */
    @Override
    public void close() throws IOException {
        for (ClassRun run : runs) {
            run.delete();
        }
    }
}
