package io.onedump.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;

/** What a dump of {@link BankLoad} has to say, whichever moment it shows. */
final class BankDump {

    private final DumpFile dump;
    private long money;
    private long versions;

    private BankDump(DumpFile dump) {
        this.dump = dump;
    }

    /** Throws an AssertionError when it shows something that never was. */
    static void assertIsOneMoment(DumpFile dump) throws IOException {
        BankDump bank = new BankDump(dump);
        for (int table = 0; table < BankLoad.SMALL; table++) {
            bank.accounts("t" + table, BankLoad.ACCOUNTS);
        }
        bank.accounts("large", BankLoad.LARGE_ACCOUNTS);
        assertThat(bank.money).as("money, with " + bank.versions + " changes of accounts by " + bank.rows("log").size()
                + " transfers").isEqualTo(BankLoad.MONEY);
        assertThat(bank.versions).as("two accounts for each row of the log").isEqualTo(2 * bank.rows("log").size());
        assertThat(bank.rows("wiped")).isIn(List.of(), List.of("1", "2", "3"));
        assertThat(bank.rows("changing")).isIn(List.of("1", "2"), List.of("1,5", "2,5"));
        if (dump.index().table("bank", "fresh").isPresent()) {
            assertThat(bank.rows("fresh")).isIn(List.of(), List.of("1", "2"));
        }
        bank.swapped();
    }

    private void accounts(String table, int count) throws IOException {
        List<String> rows = rows(table);
        assertThat(rows).as(table).hasSize(count);
        for (String row : rows) {
            String[] values = row.split(",", 4);
            money += Long.parseLong(values[1]);
            versions += Long.parseLong(values[2]);
        }
    }

    /** Whichever swap was under way at that moment. */
    private void swapped() throws IOException {
        Map<Integer, Boolean> swaps = new LinkedHashMap<>();
        for (String row : rows("swaps")) {
            String[] values = row.split(",");
            swaps.put(Integer.parseInt(values[0]), values[1].equals("1"));
        }
        String live = rows("live").get(0);
        String staging = rows("staging").get(0);
        assertThat(live + staging).isIn("1,'a'1,'b'", "1,'b'1,'a'");
        int last = swaps.size();
        if (last == 0 || swaps.get(last)) {
            assertThat(live).as("after " + last + " swaps").isEqualTo(last % 2 == 0 ? "1,'a'" : "1,'b'");
        }
    }

    /** What stands between the brackets of each row. */
    private List<String> rows(String table) throws IOException {
        List<String> rows = new ArrayList<>();
        for (DumpIndex.Piece piece : dump.index().table("bank", table).orElseThrow().pieces()) {
            try (var sql = dump.sql(dump.frame(piece.frame()))) {
                for (String line : new String(sql.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n")) {
                    if (line.startsWith("(")) {
                        rows.add(line.substring(1, line.lastIndexOf(')')));
                    }
                }
            }
        }
        return rows;
    }
}
