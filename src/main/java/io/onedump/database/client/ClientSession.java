package io.onedump.database.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.artifact.process.ShortOutput;
import io.onedump.database.mysql.MySqlException;
import io.onedump.database.mysql.Queries;
import io.onedump.database.mysql.Row;

/**
 * Questions through {@code mariadb} or {@code mysql}, for accounts with a log-in method that only these programs have:
 * one process for each, with the options file of the log-in.
 */
public final class ClientSession implements Queries {

    private static final Pattern ERROR = Pattern.compile("(?m)^ERROR (\\d+) \\((\\w{5})\\)(?: at line \\d+)?: (.*)$");

    private final ClientProgram client;
    private final ClientLogIn logIn;
    private final String version;

    private ClientSession(ClientProgram client, ClientLogIn logIn) throws IOException {
        this.client = client;
        this.logIn = logIn;
        this.version = query("SELECT VERSION()").get(0).get(0);
    }

    /**
     * Logs in once, to see that it can be done; closing the session ends the log-in.
     *
     * @throws MySqlException when the server refuses it
     */
    public static ClientSession open(ClientProgram client, ClientLogIn logIn) throws IOException {
        return new ClientSession(client, logIn);
    }

    @Override
    public List<Row> query(String sql) throws IOException {
        ShortOutput.Answer answer = ShortOutput.ask(List.of(client.executable(), logIn.argument(), "--batch",
                "--default-character-set=utf8mb4", "--execute=" + sql), ClientLogIn.environment());
        if (answer.exitCode() != 0) {
            throw failure(sql, answer);
        }
        return parse(answer.text());
    }

    private IOException failure(String sql, ShortOutput.Answer answer) {
        String context = client.executable() + ": " + sql;
        Matcher error = ERROR.matcher(answer.error());
        return error.find()
                ? new MySqlException(context, Integer.parseInt(error.group(1)), error.group(2), error.group(3))
                : new IOException(context + " ended with exit code " + answer.exitCode() + ": "
                        + answer.error().strip());
    }

    /** A line for each row, the first one for the columns' names, with tabs between the values. */
    static List<Row> parse(String text) {
        List<Row> rows = new ArrayList<>();
        List<String> columns = null;
        for (String line : text.split("\n")) {
            List<String> values = new ArrayList<>();
            for (String value : line.split("\t", -1)) {
                values.add(value.equals("NULL") ? null : unescape(value));
            }
            if (columns == null) {
                columns = List.copyOf(values);
            } else {
                rows.add(new Row(columns, values));
            }
        }
        return rows;
    }

    private static String unescape(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\' && i + 1 < value.length()) {
                char escaped = value.charAt(++i);
                text.append(switch (escaped) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case '0' -> '\0';
                    default -> escaped;
                });
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    @Override
    public String serverVersion() {
        return version;
    }

    @Override
    public void close() throws IOException {
        logIn.close();
    }
}
