package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;

/** What may go wrong, on each backend. To run one of them: {@code -Dit.test=S3Faults}. */
class StorageFaultsIT {

    private static final int AT_LEAST = 100;

    @Nested
    class File extends FileFaults {
    }

    @Nested
    class S3 extends S3Faults {
    }

    @Nested
    class Sftp extends SftpFaults {
    }

    @Nested
    class GoogleDrive extends DriveFaults {
    }

    @Nested
    class Dropbox extends DropboxFaults {
    }

    @AfterAll
    static void countsThem() {
        System.out.println(FaultCount.all());
        assertThat(FaultCount.all().combinations()).isGreaterThanOrEqualTo(AT_LEAST);
    }
}
