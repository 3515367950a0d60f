package io.onedump.scale;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.app.cli.Commands;

/** Jobs that {@code validate} checks, one in each file. */
final class JobFilesAxis implements ScaleAxis {

    /** Any two jobs could clash. */
    private static final List<String> NAMES = List.of("job%d.sql", "job%d-${date:now:yyyyMMdd}.sql",
            "${date:now:yyyyMMdd}-job%d.sql", "job%d/${date:now:yyyyMMdd}.sql");

    @Override
    public String what() {
        return "validate: jobs";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(10, 100, 1000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        for (int i = 0; i < size; i++) {
            Files.writeString(folder.resolve("job" + i + ".camel.yaml"), """
                    - route:
                        id: job%d
                        from:
                          uri: quartz
                          parameters:
                            groupName: nightly
                            triggerName: job%d
                            cron: 0 30 3 * * ?
                          steps:
                            - to:
                                uri: dump
                                parameters:
                                  dumper: mysqldump
                                  dsn: mysql://reader@localhost/shop%d
                            - to:
                                uri: storage
                                parameters:
                                  delegate: file:%s/kept
                                  fileName: %s
                    """.formatted(i, i, i, folder, NAMES.get(i % NAMES.size()).formatted(i)));
        }
        StringWriter out = new StringWriter();
        int[] code = new int[1];
        long nanos = ScaleAxis.processorNanos(
                () -> code[0] = Commands.run(new PrintWriter(out), "validate", "--config", folder.toString()));
        if (code[0] != 0) {
            throw new IllegalStateException(out.toString());
        }
        return new Cost(nanos, 0, out.toString().length());
    }
}
