package io.onedump.storage.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;

import io.onedump.artifact.Threads;
import io.onedump.storage.Pages;
import io.onedump.storage.Storage.Bounds;
import io.onedump.storage.Storage.Visitor;
import io.onedump.storage.StoredObject;
import io.onedump.storage.UnexpectedAnswerException;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Lists the objects of a storage whose paths begin alike. S3 lists in the order of the keys' bytes and can begin behind
 * any key, so that the pieces of a long list can be asked for at the same time. Where a server keeps no order, as
 * directory buckets do not, the list is read page after page.
 *
 * @param start what the paths begin with
 */
record S3Listing(S3Storage storage, String start) {

    private static final int PIECES_AT_ONCE = 8;

    /** A server's list that is not in the order of the keys, or begins elsewhere than it was asked to. */
    private static final class UnorderedException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    void all(Bounds bounds, Visitor visitor) throws IOException {
        Pages pages = new Pages();
        ListPage page = page(null, null, pages);
        List<StoredObject> objects = objects(page);
        visit(objects, visitor);
        if (page.next() == null || !objects.isEmpty() && inPieces(objects, bounds.paths(), visitor)) {
            return;
        }
        while (page.next() != null) {
            page = page(null, page.next(), pages);
            visit(objects(page), visitor);
        }
    }

    /** @return whether the server can do that; if not, nothing was visited */
    boolean after(String after, Visitor visitor) throws IOException {
        try {
            visit(piece(after, null), visitor);
            return true;
        } catch (UnorderedException e) {
            return false;
        }
    }

    /** All behind the first page. */
    private boolean inPieces(List<StoredObject> first, List<String> bounds, Visitor visitor) throws IOException {
        List<String> from = new ArrayList<>();
        from.add(first.get(first.size() - 1).path());
        bounds.stream().filter(bound -> compare(from.get(0), bound) < 0).sorted(S3Listing::compare).distinct()
                .forEach(from::add);
        if (from.size() == 1 || !isOrdered(first)) {
            return false;
        }
        List<Future<List<StoredObject>>> pieces = new ArrayList<>();
        try (Threads.Pool pool = storage.readers().threads().pool("list objects", PIECES_AT_ONCE)) {
            for (int i = 0; i < from.size(); i++) {
                String after = from.get(i);
                String upTo = i + 1 < from.size() ? from.get(i + 1) : null;
                pieces.add(pool.submit(() -> piece(after, upTo)));
            }
            List<StoredObject> objects = new ArrayList<>();
            for (Future<List<StoredObject>> piece : pieces) {
                objects.addAll(piece.get());
            }
            visit(objects, visitor);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while listing " + storage);
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    private static boolean failed(Throwable failure) throws IOException {
        if (failure instanceof UnorderedException) {
            return false;
        }
        if (failure instanceof IOException known) {
            throw known;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException(failure);
    }

    /**
     * @param after what they sort behind
     * @param upTo  the last that is wanted; null for all
     */
    private List<StoredObject> piece(String after, String upTo) throws IOException {
        Pages pages = new Pages();
        List<StoredObject> found = new ArrayList<>();
        String last = after;
        String token = null;
        do {
            ListPage page = page(after, token, pages);
            for (StoredObject object : objects(page)) {
                if (compare(last, object.path()) >= 0) {
                    throw new UnorderedException();
                }
                last = object.path();
                if (upTo != null && compare(last, upTo) > 0) {
                    return found;
                }
                found.add(object);
            }
            token = last.equals(upTo) ? null : page.next();
        } while (token != null);
        return found;
    }

    private static boolean isOrdered(List<StoredObject> objects) {
        for (int i = 1; i < objects.size(); i++) {
            if (compare(objects.get(i - 1).path(), objects.get(i).path()) >= 0) {
                return false;
            }
        }
        return true;
    }

    /** As bytes; as texts, characters beyond the first 65,536 would sort otherwise. */
    private static int compare(String one, String other) {
        return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static void visit(List<StoredObject> objects, Visitor visitor) throws IOException {
        for (StoredObject object : objects) {
            visitor.visit(object);
        }
    }

    private ListPage page(String after, String token, Pages pages) throws IOException {
        try {
            ListPage page = S3Storage.whole(() -> ask(after, token));
            if (!page.isList()) {
                throw new UnexpectedAnswerException("its answer is no list");
            }
            if (Boolean.TRUE.equals(page.truncated()) && page.next() == null) {
                throw new UnexpectedAnswerException("its list goes on and does not say where");
            }
            pages.check(page.next(), page.items().stream().map(ListPage.Item::key).toList());
            return page;
        } catch (RuntimeException | UnexpectedAnswerException e) {
            throw storage.failure("list", start, e);
        }
    }

    private ListPage ask(String after, String token) {
        AtomicReference<ListPage> page = new AtomicReference<>();
        ListObjectsV2Response response = storage.client().listObjectsV2(request -> request.bucket(storage.bucket())
                .prefix(storage.key(start)).startAfter(after == null ? null : storage.key(after))
                .continuationToken(token)
                .overrideConfiguration(override -> override.putExecutionAttribute(ListReader.PAGE, page)));
        // A client that was not made here reads its pages itself.
        return page.get() == null ? ListPage.of(response) : page.get();
    }

    private List<StoredObject> objects(ListPage page) throws IOException {
        try {
            List<StoredObject> objects = new ArrayList<>(page.items().size());
            for (ListPage.Item item : page.items()) {
                if (item.key() == null || !item.key().startsWith(storage.key(start))) {
                    throw new UnexpectedAnswerException("it was asked for names that begin with '"
                            + storage.key(start) + "' and lists '" + item.key() + "'");
                }
                objects.add(S3Storage.object(storage.path(item.key()), item.size(), item.modified(), item.tag()));
            }
            return objects;
        } catch (UnexpectedAnswerException e) {
            throw storage.failure("list", start, e);
        }
    }
}
