package io.onedump.scale;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.onedump.slowlog.Samples;
import io.onedump.slowlog.digest.LogDigest;
import io.onedump.slowlog.log.LogFiles;
import io.onedump.slowlog.report.Limit;
import io.onedump.slowlog.report.Ranking;
import io.onedump.slowlog.report.Report;
import io.onedump.slowlog.report.ReportFormat;

/** A text report of many logs. */
final class ReportFilesAxis implements ScaleAxis {

    @Override
    public String what() {
        return "slow: logs in one text report";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(100, 1000, 10_000);
    }

    @Override
    public Cost run(int size, Path folder) throws Exception {
        byte[] log = Files.readAllBytes(Samples.server("mysql80-nidx.log"));
        for (int i = 0; i < size; i++) {
            Files.write(folder.resolve("slow.log." + i), log);
        }
        String[] report = new String[1];
        long nanos = ScaleAxis.processorNanos(() -> {
            LogDigest digest = Samples.digester(2).digest(LogFiles.find(List.of(folder.toString()), "*", null));
            report[0] = ReportFormat.TEXT.write(Report.of(digest, Ranking.DEFAULT, Limit.ALL, true, null));
        });
        return new Cost(nanos, 0, report[0].length());
    }
}
