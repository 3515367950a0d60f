package io.onedump.app.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.app.config.Configuration;
import io.onedump.app.config.RouteFiles;
import io.onedump.scale.ScaleAxis;

/** Jobs that {@code serve} starts and has in its memory. */
public final class ServedJobsAxis implements ScaleAxis {

    @Override
    public String what() {
        return "serve: jobs started; bytes are those of memory";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(20, 200, 2000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        for (int i = 0; i < size; i++) {
            Files.writeString(folder.resolve("job" + i + ".camel.yaml"), """
                    - route:
                        id: job%1$d
                        from:
                          uri: quartz
                          parameters:
                            groupName: nightly
                            triggerName: job%1$d
                            cron: 0 30 3 1 1 ? 2099
                          steps:
                            - to:
                                uri: dump
                                parameters:
                                  dumper: mysqldump
                                  dsn: mysql://reader@localhost/shop%1$d
                            - to: checksum:sha256
                            - to:
                                uri: storage
                                parameters:
                                  delegate: file:%2$s/kept%1$d
                    """.formatted(i, folder));
        }
        Path properties = Files.writeString(folder.resolve("application.properties"),
                "onedump.work-directory = " + folder.resolve("work") + "\n");
        long before = used();
        Configuration configuration =
                new Configuration(folder.toString(), RouteFiles.find(folder.toString()), List.of(properties));
        Application application = Application.scheduled(configuration);
        try {
            long nanos = ScaleAxis.processorNanos(application::startRoutes);
            int started = application.getCamelContext().getRoutesSize();
            if (started != size) {
                throw new IllegalStateException(started + " routes");
            }
            return new Cost(nanos, 0, Math.max(0, used() - before));
        } finally {
            application.stop();
        }
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
