package io.onedump.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import com.google.gson.JsonObject;

/**
 * What is in {@link FakeDrive}: the user's own drive and shared drives. Names are not unique. What is in a shared drive
 * is <a href="https://developers.google.com/workspace/drive/api/guides/enable-shareddrives">not there for requests that
 * do not say that they know of those</a>.
 */
final class DriveTree {

    private static final String ROOT = "root";

    private final Map<String, DriveItem> items = new ConcurrentSkipListMap<>();
    private final Map<String, SharedDriveRole> roles = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final DriveItem own = put(new DriveItem(id(), "My Drive", null, null, null, 0, null, Instant.now(), false));

    /** A new shared drive's root: it has the drive's ID. */
    DriveItem share(SharedDriveRole role) {
        String id = id();
        roles.put(id, role);
        return put(new DriveItem(id, "Drive", null, id, null, 0, null, Instant.now(), false));
    }

    /**
     * @param  allDrives whether the request supports shared drives
     * @return           null when there is no such item, or none for this request
     */
    DriveItem find(String id, boolean allDrives) {
        DriveItem item = ROOT.equals(id) ? own : items.get(id);
        return item == null || item.driveId() != null && !allDrives ? null : item;
    }

    /**
     * What a query finds, the newest first.
     *
     * @param parents the IDs of folders, empty for any
     * @param driveId null for the user's own drive
     */
    List<DriveItem> list(DriveQuery query, Collection<String> parents, String driveId) {
        return items.values().stream().filter(item -> item.parent() != null)
                .filter(item -> driveId == null ? item.driveId() == null : driveId.equals(item.driveId()))
                .filter(item -> parents.isEmpty() || parents.contains(item.parent())).filter(query::matches)
                .sorted(Comparator.comparing(DriveItem::modified).reversed()).toList();
    }

    /** @param content null for a folder */
    DriveItem add(String name, DriveItem parent, Path content) throws IOException {
        DriveItem.Digests digests = content == null ? null : DriveItem.Digests.of(content);
        synchronized (items) {
            return put(new DriveItem(id(), name, parent.id(), parent.driveId(), content,
                    content == null ? 0 : Files.size(content), digests, Instant.now(), false));
        }
    }

    boolean delete(DriveItem item) {
        boolean may = item.driveId() == null || roles.get(item.driveId()).mayDelete();
        if (may) {
            items.remove(item.id());
        }
        return may;
    }

    boolean trash(DriveItem item) {
        boolean may = item.driveId() == null || roles.get(item.driveId()).mayTrash();
        if (may) {
            put(item.inTrash());
        }
        return may;
    }

    /** What the account may do with what is in a folder. */
    JsonObject capabilities(DriveItem folder) {
        SharedDriveRole role = folder.driveId() == null ? SharedDriveRole.MANAGER : roles.get(folder.driveId());
        JsonObject may = new JsonObject();
        may.addProperty("canAddChildren", true);
        may.addProperty("canTrashChildren", role.mayTrash());
        may.addProperty("canDeleteChildren", role.mayDelete());
        return may;
    }

    /** Everything that is no folder, and not in the trash. */
    List<DriveItem> files() {
        return items.values().stream().filter(item -> item.content() != null && !item.trashed()).toList();
    }

    private DriveItem put(DriveItem item) {
        items.put(item.id(), item);
        return item;
    }

    private String id() {
        return String.format("id-%06d", ids.incrementAndGet());
    }
}
