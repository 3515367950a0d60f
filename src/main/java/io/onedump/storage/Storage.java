package io.onedump.storage;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.onedump.artifact.Artifact;

/**
 * A place that keeps artifacts. Paths are relative to it, with {@code /} between folders, as {@link ObjectPath} makes
 * them. An instance is used by one thread at a time, but for {@link #readers}, and closed after use; connections are
 * made at the first call.
 *
 * <p>Every operation throws {@link TransientStorageException} for what a later attempt may cure and
 * {@link StorageException} for what it will not.
 */
public interface Storage extends Closeable {

    /**
     * Keeps the artifact under {@code path}, replacing what was there, and proves that it is whole. Until then nothing
     * is visible under that path; after a failure what was there before still is, and nothing else is left behind.
     *
     * @throws io.onedump.artifact.ProducerFailedException the artifact's own failure, unchanged
     */
    Receipt put(String path, Artifact artifact) throws IOException;

    /**
     * As {@link #put(String, Artifact)}, but only in place of what the caller has seen there. Where the storage can, it
     * compares and replaces in one step; by default right before.
     *
     * @param  before                   null for nothing
     * @throws StoredMeanwhileException when something else is there, which stays
     */
    default Receipt replace(String path, StoredObject before, Artifact artifact) throws IOException {
        StoredMeanwhileException.check(this, path, before);
        return put(path, artifact);
    }

    /**
     * As {@link #put}, but where the storage can, a put that broke off leaves what has arrived, and this goes on with
     * it, in this process or in a later one. By default it begins anew.
     *
     * @param artifact one that is {@link Artifact#repeatable()}
     */
    default Receipt resume(String path, Artifact artifact) throws IOException {
        return put(path, artifact);
    }

    /** What is known of the object, empty when there is none. */
    Optional<StoredObject> stat(String path) throws IOException;

    /**
     * What else stands under that path, where there is no object: empty when nothing does. Only folders of a machine
     * have such things.
     */
    default Optional<String> obstacle(String path) throws IOException {
        return Optional.empty();
    }

    /**
     * Visits every object whose path starts with {@code prefix}, page by page as the backend gives them, in no order.
     *
     * @param prefix empty for all
     */
    void list(String prefix, Visitor visitor) throws IOException;

    /**
     * As {@link #list(String, Visitor)}, but where the storage can begin anywhere it lists several pages at the same
     * time. The visitor is called by one thread.
     *
     * @param bounds asked when there is more than one page, and at most once
     */
    default void list(String prefix, Bounds bounds, Visitor visitor) throws IOException {
        list(prefix, visitor);
    }

    /**
     * As {@link #list(String, Visitor)}, for those only whose path sorts behind {@code after}, where the storage can
     * pass over the others for nothing.
     *
     * @return false when it cannot, and nothing was visited
     */
    default boolean listAfter(String prefix, String after, Visitor visitor) throws IOException {
        return false;
    }

    /** As {@link #list(String, Visitor)}, for a few objects. */
    default List<StoredObject> list(String prefix) throws IOException {
        List<StoredObject> objects = new ArrayList<>();
        list(prefix, objects::add);
        return objects;
    }

    /**
     * A stream of the object's bytes from {@code offset} on; the caller closes it.
     *
     * @throws ObjectNotFoundException when there is no such object
     */
    InputStream get(String path, long offset) throws IOException;

    /**
     * As {@link #get(String, long)}, of whoever will read no more than that many bytes: where the storage can, no more
     * come.
     */
    default InputStream get(String path, long offset, long length) throws IOException {
        return get(path, offset);
    }

    /**
     * Reads many small objects where that takes fewer round trips than one after the other, and gives each that came
     * whole to the visitor, in no order. What is not given is to be read by itself.
     *
     * @throws IOException when the storage cannot be asked at all
     */
    default void getSmall(List<StoredObject> objects, ContentVisitor visitor) throws IOException {
        // None comes this way.
    }

    /** How many threads may {@link #stat} and {@link #get} at the same time. */
    default Readers readers() {
        return Readers.ONE;
    }

    /** Whether a put's artifact that is asked for its digest may, by the same thread, use the storage meanwhile. */
    default boolean servesWithinPut() {
        return false;
    }

    /** Deletes the object; that there is none is no failure. */
    void delete(String path) throws IOException;

    /**
     * Deletes the object if it is still that one; that there is none is no failure. Where the storage can, it compares
     * and deletes in one step; by default right before.
     *
     * @throws StoredMeanwhileException when something else is there, which stays
     */
    default void delete(String path, StoredObject seen) throws IOException {
        StoredMeanwhileException.check(this, path, seen);
        delete(path);
    }

    /** Where that path is, for people: a URI without any secret. */
    String location(String path);

    @Override
    void close();

    /** Takes what {@link #getSmall} reads. */
    interface ContentVisitor {
        void visit(StoredObject object, byte[] content) throws IOException;
    }

    /** Tells where a long list can be divided, so that each piece is about one page. */
    interface Bounds {
        /** Paths, of which it does not matter whether there is such an object. */
        List<String> paths();
    }

    /** Takes what {@link #list} finds. */
    interface Visitor {
        void visit(StoredObject object) throws IOException;
    }
}
