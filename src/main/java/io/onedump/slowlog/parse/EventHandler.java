package io.onedump.slowlog.parse;

/** Takes the events of a log in the log's order. */
public interface EventHandler {

    /** @param event valid only during the call: the parser fills it again for the next event */
    void event(SlowEvent event);
}
