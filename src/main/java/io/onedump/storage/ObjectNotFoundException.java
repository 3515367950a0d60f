package io.onedump.storage;

/** There is no such object. */
public class ObjectNotFoundException extends StorageException {

    public ObjectNotFoundException(String location, Throwable cause) {
        super("storage: there is no " + location, cause);
    }
}
