package io.onedump.servers;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is in {@link FakeDrive}: the user's own drive and shared drives. Names are not unique. What is in a shared drive is
 * <a href="https://developers.google.com/workspace/drive/api/guides/enable-shareddrives">not there for requests that do
 * not say that they know of those</a>.
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
     * @param parent  null for any
     * @param driveId null for the user's own drive
     */
    List<DriveItem> list(DriveQuery query, DriveItem parent, String driveId) {
        return items.values().stream().filter(item -> item.parent() != null)
                .filter(item -> driveId == null ? item.driveId() == null : driveId.equals(item.driveId()))
                .filter(item -> parent == null || parent.id().equals(item.parent())).filter(query::matches)
                .sorted(Comparator.comparing(DriveItem::modified).reversed()).toList();
    }

    /** @param content null for a folder */
    DriveItem add(String name, DriveItem parent, Path content) throws IOException {
        return put(new DriveItem(id(), name, parent.id(), parent.driveId(), content,
                content == null ? 0 : Files.size(content), content == null ? null : sha256(content), Instant.now(), false));
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

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block;
            while ((block = in.readNBytes(1 << 20)).length > 0) {
                digest.update(block);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
