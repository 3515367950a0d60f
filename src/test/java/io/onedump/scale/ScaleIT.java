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
        List<String> problems = new Scale(folder, System.out).measure(axis, 2);
        for (int again = 0; again < 2 && isNoise(problems); again++) {
            problems = new Scale(folder, System.out).measure(axis, 2);
        }
        assertThat(problems).isEmpty();
    }

    /** Others on the machine cost processor time too; what grows too fast by itself does so each time. */
    private static boolean isNoise(List<String> problems) {
        return !problems.isEmpty() && problems.stream().allMatch(problem -> problem.contains("processor time"));
    }
}
