package io.onedump.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The short form of {@code bench/scale}: two sizes. */
class ScaleIT {

    static List<ScaleAxis> axes() {
        return Scale.axes();
    }

    @ParameterizedTest
    @MethodSource("axes")
    void costsGrowNoFasterThanTheWork(ScaleAxis axis, @TempDir Path folder) throws Exception {
        assertThat(new Scale(folder, System.out).measured(axis, 2)).isEmpty();
    }
}
