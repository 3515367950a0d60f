package io.onedump.binlog.moment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

import io.onedump.binlog.archive.Archive;
import io.onedump.binlog.moment.MadeHistory.Commit;
import io.onedump.binlog.moment.MadeHistory.Dump;
import io.onedump.binlog.moment.MadeHistory.Life;
import io.onedump.binlog.moment.MadeHistory.LogFile;
import io.onedump.binlog.restore.Part;
import io.onedump.binlog.restore.RestorePlan;
import io.onedump.binlog.restore.StopAt;
import io.onedump.restore.choice.RestoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Dumps, RESET MASTER, lost files, copies of the server, renamed logs and clocks that are set, in any order: whatever
 * is asked for, the chosen dump and stretch of the archive give what the server held then, or nothing is chosen.
 */
class RandomHistoriesTest {

    private static final int ENDS = 25;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isRightOrRefused(long seed) throws IOException {
        MadeHistory history = new MadeHistory(seed, false);
        for (int i = 0; i < ENDS; i++) {
            StopAt stop = anEnd(history);
            Moment moment = chosen(history, stop);
            if (moment != null) {
                assertThat(result(history, moment)).as("seed %s, %s, by %s, %s, of %s", seed, stop,
                        moment.dump(), moment.plan().lines(), history).isEqualTo(truth(history, stop, moment));
            }
        }
    }

    /** Refusing everything would be right as well. */
    @ParameterizedTest
    @MethodSource("seeds")
    void restoresWhatAnUndisturbedServerHeld(long seed) throws IOException {
        MadeHistory history = new MadeHistory(seed, true);
        List<Commit> commits = history.commits();
        Commit end = commits.get(history.random.nextInt(commits.size()));
        for (StopAt stop : List.of(new StopAt.Gtid(end.gtid()), new StopAt.Position(end.file(), end.start()),
                new StopAt.Time(end.time()), new StopAt.End())) {
            Moment moment =
                    new MomentPlanner(new Archive(history)).plan(history.newestFirst(), stop, 0, Set.of(), Part.ALL);

            assertThat(result(history, moment)).as("seed %s, %s", seed, stop)
                    .isEqualTo(stop instanceof StopAt.End ? history.held() : end.before());
        }
    }

    @Test
    void restoresManyOfTheDisturbedOnesToo() throws IOException {
        int restored = 0;
        for (long seed : seeds().toArray()) {
            MadeHistory history = new MadeHistory(seed, false);
            restored += chosen(history, anEnd(history)) == null ? 0 : 1;
        }
        assertThat(restored).isGreaterThan(80);
    }

    private static Moment chosen(MadeHistory history, StopAt stop) throws IOException {
        try {
            return new MomentPlanner(new Archive(history)).plan(history.newestFirst(), stop, 0, Set.of(), Part.ALL);
        } catch (RestoreException e) {
            assertThat(e.getMessage()).isNotBlank();
            return null;
        }
    }

    private static StopAt anEnd(MadeHistory history) {
        List<Commit> commits = history.commits();
        if (commits.isEmpty()) {
            return new StopAt.End();
        }
        Commit commit = commits.get(history.random.nextInt(commits.size()));
        return switch (history.random.nextInt(6)) {
            case 0 -> new StopAt.End();
            case 1 -> new StopAt.Gtid(commit.gtid());
            case 2 -> new StopAt.Position(commit.file(), commit.start());
            case 3 -> new StopAt.Position(commit.file(), commit.start() + history.random.nextInt(60));
            case 4 -> new StopAt.Time(commit.time());
            default -> new StopAt.Time(commit.time().plusMillis(history.random.nextInt(100_000) - 50_000L));
        };
    }

    /** What comes of loading the dump and applying the stretch. */
    private static List<Integer> result(MadeHistory history, Moment moment) {
        RestorePlan plan = moment.plan();
        List<Integer> held = new ArrayList<>(((Dump) moment.dump()).held());
        for (Commit commit : life(history, moment).commits) {
            String file = commit.file().toString();
            int afterStart = file.compareTo(plan.start().file());
            int afterStop = file.compareTo(plan.stop().file());
            boolean behindStart = afterStart > 0 || afterStart == 0 && commit.start() >= plan.start().offset();
            boolean beforeStop = afterStop < 0 || afterStop == 0 && commit.end() <= plan.stop().offset();
            if (behindStart && beforeStop) {
                held.add(commit.label());
            }
        }
        return held;
    }

    private static Life life(MadeHistory history, Moment moment) {
        return history.lives().get(moment.plan().timeline() - 1);
    }

    private static List<Integer> truth(MadeHistory history, StopAt stop, Moment moment) {
        List<Life> lives = history.lives();
        if (stop instanceof StopAt.Time time) {
            return truth(history, life(history, moment), time.moment());
        }
        if (stop instanceof StopAt.End) {
            return history.held();
        }
        for (int i = lives.size() - 1; i >= 0; i--) {
            Life life = lives.get(i);
            if (stop instanceof StopAt.Gtid gtid) {
                for (Commit commit : life.commits) {
                    if (commit.gtid().equals(gtid.gtid()) && history.isArchived(life, commit.file())) {
                        return commit.before();
                    }
                }
            } else if (stop instanceof StopAt.Position position && has(history, life, position)) {
                return at(life, position);
            }
        }
        return fail("there is no " + stop);
    }

    private static boolean has(MadeHistory history, Life life, StopAt.Position position) {
        for (LogFile file : life.files) {
            if (file.name().equals(position.file())) {
                return history.isArchived(life, file.name()) && position.offset() <= file.log().size();
            }
        }
        return false;
    }

    private static List<Integer> at(Life life, StopAt.Position position) {
        List<Integer> held = new ArrayList<>(life.heldAtStart);
        for (Commit commit : life.commits) {
            int order = commit.file().compareTo(position.file());
            if (order > 0 || order == 0 && commit.start() >= position.offset()) {
                break;
            }
            if (order == 0 && commit.end() > position.offset()) {
                return fail(position + " is inside a transaction");
            }
            held.add(commit.label());
        }
        return held;
    }

    /** Of servers without a clock that was set, that of all lives; else that of the life that was chosen. */
    private static List<Integer> truth(MadeHistory history, Life chosen, Instant moment) {
        List<Commit> commits = history.jumps ? chosen.commits : history.commits();
        List<Integer> held = new ArrayList<>(history.jumps ? chosen.heldAtStart : List.of());
        for (Commit commit : commits) {
            boolean lost = history.jumps && history.holes && !history.isArchived(chosen, commit.file());
            if (!history.isAhead(commit) && !lost && (!commit.time().isBefore(moment) || sameSecond(commit, moment))) {
                break;
            }
            held.add(commit.label());
        }
        return held;
    }

    /** MariaDB logs whole seconds, and all of the moment's own is left out. */
    private static boolean sameSecond(Commit commit, Instant moment) {
        return commit.gtid().startsWith("0-") && commit.time().getEpochSecond() == moment.getEpochSecond();
    }
}
