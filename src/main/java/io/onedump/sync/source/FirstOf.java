package io.onedump.sync.source;

import java.util.ArrayList;
import java.util.List;

/** The first of many things that are told one by one, and how many there are in all. For one thread at a time. */
public final class FirstOf<T> {

    /** Nobody reads more. */
    static final int MOST = 10_000;

    private final List<T> first = new ArrayList<>();
    private int count;

    public void add(T thing) {
        count++;
        if (first.size() < MOST) {
            first.add(thing);
        }
    }

    public void addAll(FirstOf<T> others) {
        others.first.forEach(this::add);
        count += others.more();
    }

    public boolean isEmpty() {
        return count == 0;
    }

    public int count() {
        return count;
    }

    public List<T> list() {
        return List.copyOf(first);
    }

    /** How many there are that are not in the list. */
    public int more() {
        return count - first.size();
    }
}
