package io.onedump.drill.scratch;

import io.onedump.database.Dsn;

/** A database by whose name a server says that drills may drop all others. */
final class Marker {

    static final String NAME = "onedump_scratch";

    private Marker() {
    }

    static String missing(Dsn dsn) {
        return "scratch " + dsn.display() + ": nothing there says that a drill may drop what is there: if so, type"
                + " CREATE DATABASE " + NAME + " on that server";
    }
}
