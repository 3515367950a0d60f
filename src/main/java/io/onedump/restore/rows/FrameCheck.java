package io.onedump.restore.rows;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collections;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.onedump.artifact.Threads;
import io.onedump.artifact.Together;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.restore.choice.RestoreException;

/** Whether what is going to be loaded is whole: a damaged dump is refused while the target is still as it was. */
public final class FrameCheck {

    private FrameCheck() {
    }

    /**
     * Reads a dump on this machine, whose frames have checksums; one in a storage would come over the network twice,
     * and is checked while it flows.
     *
     * @param  parallel         so many threads read
     * @throws RestoreException when a frame is damaged
     */
    public static void run(Threads threads, DumpPlan plan, int parallel) throws IOException {
        DumpFile file = plan.file();
        if (!file.isNear()) {
            return;
        }
        Queue<Integer> frames = new ConcurrentLinkedQueue<>();
        for (DumpIndex.Table table : plan.tables()) {
            table.pieces().forEach(piece -> frames.add(piece.frame()));
        }
        if (plan.choice().databases().isEmpty() && plan.choice().tables().isEmpty()) {
            file.index().parts().forEach(part -> frames.add(part.frame()));
        }
        try {
            Together.run(threads, "check of frames", Collections.nCopies(parallel, file), each -> {
                for (Integer frame = frames.poll(); frame != null; frame = frames.poll()) {
                    try (InputStream sql = each.sql(each.frame(frame))) {
                        sql.transferTo(OutputStream.nullOutputStream());
                    }
                }
            }, frames::clear);
        } catch (IOException e) {
            throw new RestoreException("nothing was restored: " + e.getMessage(), e);
        }
    }
}
