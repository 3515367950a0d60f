package io.onedump.slowlog.digest;

import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** Goes through classes in the order of their fingerprints. */
abstract class ClassCursor implements Closeable {

    private ClassStats current;

    static ClassCursor of(List<ClassStats> sorted) {
        Iterator<ClassStats> classes = sorted.iterator();
        return new ClassCursor() {

            @Override
            ClassStats read() {
                return classes.hasNext() ? classes.next() : null;
            }

            @Override
            public void close() {
            }
        };
    }

    /** The next class, or null at the end. */
    abstract ClassStats read() throws IOException;

    /** The class that it stands at. */
    ClassStats current() {
        return current;
    }

    /** @return false at the end */
    boolean next() throws IOException {
        current = read();
        return current != null;
    }
}
