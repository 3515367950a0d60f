package io.onedump.storage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Sees to it that a listing which a server gives page by page comes to its end. */
public final class Pages {

    private static final int MOST_EMPTY = 100;
    /** No server gives so little for so long: S3 and the clouds have up to 1,000 or 2,000 names on a page. */
    private static final int SPARSE_PAGES = 500;
    private static final int FEW_NAMES = 5;
    /** Fifty million names, which no list of one job has, and more than fit into memory. */
    private static final int MOST_PAGES = 50_000;

    private final Set<String> tokens = new HashSet<>();
    private final Set<Content> contents = new HashSet<>();
    private int empty;
    private int pages;
    private long seen;

    /**
     * To be called for each page.
     *
     * @param next  what the next page is asked for by, null for none
     * @param names of what is in this one, or IDs
     */
    public void check(String next, List<String> names) throws UnexpectedAnswerException {
        if (next != null && !tokens.add(next)) {
            throw new UnexpectedAnswerException("a page of its list leads back to an earlier one");
        }
        if (!names.isEmpty() && !contents.add(Content.of(names))) {
            throw new UnexpectedAnswerException("its list has the same page twice");
        }
        pages++;
        seen += names.size();
        if (next != null && (pages >= SPARSE_PAGES && seen < (long) pages * FEW_NAMES || pages == MOST_PAGES)) {
            throw new UnexpectedAnswerException("its list has " + seen + " names on " + pages + " pages and goes on");
        }
        empty = names.isEmpty() ? empty + 1 : 0;
        if (next != null && empty == MOST_EMPTY) {
            throw new UnexpectedAnswerException("its list has " + MOST_EMPTY + " empty pages in a row");
        }
    }

    private record Content(String first, String last, int size, int hash) {

        static Content of(List<String> names) {
            return new Content(names.get(0), names.get(names.size() - 1), names.size(), names.hashCode());
        }
    }
}
