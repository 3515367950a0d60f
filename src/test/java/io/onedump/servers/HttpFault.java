package io.onedump.servers;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One thing that goes wrong, once, with a request to a {@link CloudServer}.
 *
 * @param kind       what happens
 * @param where      which requests may be hit
 * @param status     of {@link Kind#STATUS}
 * @param retryAfter of {@link Kind#STATUS}, null for none; how long a {@link Kind#STALL} takes
 * @param bytes      after which {@link Kind#CUT_REQUEST} cuts
 * @param answer     of {@link Kind#ANSWER}
 */
public record HttpFault(Kind kind, Predicate<CloudRequest> where, int status, Duration retryAfter, long bytes,
        Supplier<CloudAnswer> answer) {

    public enum Kind {
        /** The server refuses the request without looking at it. */
        STATUS,
        /** The connection breaks while the request's body comes in. */
        CUT_REQUEST,
        /** The server does what was asked, and the connection breaks before it can say so. */
        CUT_ANSWER,
        /** The connection breaks in the middle of the answer. */
        TRUNCATED_ANSWER,
        /** The server takes its time. */
        STALL,
        /** The access token is refused from now on. */
        EXPIRED_TOKEN,
        /** The server answers that, without looking at the request. */
        ANSWER,
        /** The server takes nothing of the request's body. */
        UNREAD
    }

    HttpFault(Kind kind, Predicate<CloudRequest> where, int status, Duration retryAfter, long bytes) {
        this(kind, where, status, retryAfter, bytes, null);
    }

    public static HttpFault answer(Supplier<CloudAnswer> answer, Predicate<CloudRequest> where) {
        return new HttpFault(Kind.ANSWER, where, 0, null, 0, answer);
    }

    /** @param duration how long */
    public static HttpFault unread(Duration duration, Predicate<CloudRequest> where) {
        return new HttpFault(Kind.UNREAD, where, 0, duration, 0);
    }

    public static HttpFault status(int status, Duration retryAfter, Predicate<CloudRequest> where) {
        return new HttpFault(Kind.STATUS, where, status, retryAfter, 0);
    }

    public static HttpFault cutRequest(long bytes, Predicate<CloudRequest> where) {
        return new HttpFault(Kind.CUT_REQUEST, where, 0, null, bytes);
    }

    public static HttpFault cutAnswer(Predicate<CloudRequest> where) {
        return new HttpFault(Kind.CUT_ANSWER, where, 0, null, 0);
    }

    public static HttpFault truncatedAnswer(Predicate<CloudRequest> where) {
        return new HttpFault(Kind.TRUNCATED_ANSWER, where, 0, null, 0);
    }

    public static HttpFault stall(Duration duration, Predicate<CloudRequest> where) {
        return new HttpFault(Kind.STALL, where, 0, duration, 0);
    }

    public static HttpFault expiredToken(Predicate<CloudRequest> where) {
        return new HttpFault(Kind.EXPIRED_TOKEN, where, 0, null, 0);
    }
}
