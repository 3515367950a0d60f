package io.onedump.slowlog.parse;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

import io.onedump.slowlog.text.Ascii;
import io.onedump.slowlog.text.Names;

/**
 * Which events count. Names are compared whole; an empty list takes all.
 *
 * @param sinceMicros first moment, in microseconds since 1970; {@link Long#MIN_VALUE} for no bound
 * @param untilMicros first moment that is too late; {@link Long#MAX_VALUE} for no bound
 * @param minMicros   least query time in microseconds; -1 for all; an event without one counts as -1
 * @param hosts       names or addresses of clients
 */
public record EventFilter(long sinceMicros, long untilMicros, long minMicros, List<String> databases,
        List<String> hosts,
        List<String> users) {

    /** Takes every event. */
    public static final EventFilter ALL =
            new EventFilter(Long.MIN_VALUE, Long.MAX_VALUE, -1, List.of(), List.of(), List.of());

    public EventFilter {
        if (sinceMicros > untilMicros) {
            throw new IllegalArgumentException("since is after until: no event can be between them");
        }
        databases = List.copyOf(databases);
        hosts = List.copyOf(hosts);
        users = List.copyOf(users);
    }

    public boolean takes(SlowEvent event) {
        return this == ALL || event.queryMicros() >= minMicros && takesByTime(event) && takesByName(event);
    }

    private boolean takesByTime(SlowEvent event) {
        if (sinceMicros == Long.MIN_VALUE && untilMicros == Long.MAX_VALUE) {
            return true;
        }
        long at = event.micros();
        return at != Long.MIN_VALUE && at >= sinceMicros && at < untilMicros;
    }

    private boolean takesByName(SlowEvent event) {
        return matches(databases, event.dbBuf, event.dbFrom, event.dbTo, event.dbBuf != null)
                && matches(users, event.buf, event.userFrom, event.userTo, event.hasUser)
                && (matches(hosts, event.buf, event.hostFrom, event.hostTo, event.hasUser)
                        || matches(hosts, event.buf, event.ipFrom, event.ipTo, event.hasUser));
    }

    private static boolean matches(List<String> wanted, byte[] buf, int from, int to, boolean known) {
        if (wanted.isEmpty()) {
            return true;
        }
        Predicate<String> same = name -> {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            return bytes.length == to - from && Ascii.startsWith(buf, from, to, bytes);
        };
        return known && wanted.stream().anyMatch(same);
    }
}
