package io.onedump.scale;

import java.nio.file.Path;
import java.util.List;

import io.onedump.artifact.BytesArtifact;
import io.onedump.storage.Storage;
import io.onedump.storage.Verify;
import io.onedump.storage.file.FileStorage;

/** Artifacts put into one folder, one after the other, by one storage. */
final class FolderStorageAxis implements ScaleAxis {

    @Override
    public String what() {
        return "storage file: artifacts put into one folder";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(100, 1000, 10_000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        byte[] content = new byte[100];
        long nanos = ScaleAxis.processorNanos(() -> {
            try (Storage storage = new FileStorage(folder, Verify.AUTO)) {
                for (int i = 0; i < size; i++) {
                    storage.put("shop-" + i, new BytesArtifact("shop-" + i, content));
                }
            }
        });
        return new Cost(nanos, 0, (long) size * content.length);
    }
}
