package io.onedump.slowlog;

/** Takes the events of a log in the log's order. */
interface EventHandler {

    /** @param event valid only during the call: the parser fills it again for the next event */
    void event(SlowEvent event);
}
