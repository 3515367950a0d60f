package io.onedump.dump;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.onedump.artifact.LocalNeeds.Lack;
import io.onedump.artifact.Nearest;
import io.onedump.artifact.process.ChildEnvironment;
import io.onedump.artifact.process.ShortOutput;
import io.onedump.database.Dsn;
import io.onedump.database.client.ClientPrograms;

/**
 * Has the dump tools of this machine read the options of a dump, without any server: each is told of a socket that does
 * not exist, and what it complains of before it fails to connect are the options.
 */
final class ToolTrial {

    private static final String NOWHERE = "/nonexistent/onedump";
    private static final Pattern NO_CONNECTION =
            Pattern.compile("Got error: 20\\d\\d|connection to server|could not connect");
    private static final Pattern KNOWN = Pattern.compile("(?m)^\\s*(?:-[^\\s-],\\s+)?(--[a-z][a-z0-9-]+)");
    private static final Pattern NAMED = Pattern.compile("option '?`?(--[A-Za-z0-9_-]+)");

    private ToolTrial() {
    }

    /** What is wrong with a request here: tools that are missing, options that no tool takes. */
    static List<Lack> lacks(DumpRequest request) {
        List<String> names = Dumper.of(request.kind()).tools(request.kind());
        List<String> tools = names.stream()
                .flatMap(name -> ClientPrograms.find(request.executable(), List.of(name)).stream()).distinct()
                .toList();
        if (names.isEmpty()) {
            return List.of();
        }
        if (tools.isEmpty()) {
            return List.of(request.executable() == null
                    ? new Lack("executable", "none of " + names + " is on the PATH of this machine; install the"
                            + " database's client tools where the job will run", false)
                    : new Lack("executable", "there is no program '" + request.executable() + "' on this machine;"
                            + " correct the name, or install it", true));
        }
        if (request.executable() != null) {
            // It may be anybody's script around the tool, which does more than read its options.
            return List.of();
        }
        return words(request, tools).map(message -> List.of(new Lack("options", message, true))).orElse(List.of());
    }

    /** Which tool is taken is known only once the server has been asked, so that one which takes them is enough. */
    private static Optional<String> words(DumpRequest request, List<String> tools) {
        String first = null;
        for (String tool : request.options().isEmpty() ? List.<String>of() : tools) {
            Optional<String> refusal = refusal(request, tool);
            if (refusal.isEmpty()) {
                return Optional.empty();
            }
            first = first == null ? refusal.get() : first;
        }
        return Optional.ofNullable(first);
    }

    private static Optional<String> refusal(DumpRequest request, String tool) {
        boolean mysql = request.kind().family() == Dsn.Family.MYSQL;
        try {
            if (!ShortOutput.of(List.of(tool, "--version")).contains(mysql ? "Ver " : "PostgreSQL")) {
                // A program that stands in for the tool reads its options in its own way.
                return Optional.empty();
            }
            List<String> command = new ArrayList<>(List.of(tool));
            command.addAll(mysql
                    ? Stream.concat(Stream.of("--no-defaults", "--protocol=socket", "--socket=" + NOWHERE),
                            MySqlFlags.CONSISTENT.stream()).toList()
                    : List.of("--no-password", "--dbname=host='" + NOWHERE + "' connect_timeout=2",
                            "--lock-wait-timeout=1"));
            command.addAll(request.options());
            if (mysql) {
                command.addAll(MySqlDumper.selection(request));
            }
            Map<String, String> environment = new LinkedHashMap<>(ChildEnvironment.base());
            environment.put("LC_ALL", "C");
            ShortOutput.Answer answer = ShortOutput.ask(command, environment);
            return NO_CONNECTION.matcher(answer.error()).find()
                    ? Optional.empty()
                    : Optional.of(refused(tool, answer));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String refused(String tool, ShortOutput.Answer answer) throws IOException {
        String said = answer.error().lines().map(String::strip)
                .filter(line -> !line.isEmpty() && !line.contains("hint:") && !line.startsWith("Warning"))
                .findFirst().orElse("it makes no dump with them");
        Matcher named = NAMED.matcher(said);
        String meant = named.find() ? Nearest.suggestion(named.group(1), known(tool)) : "";
        return tool + " refuses them: " + said.replaceFirst("^\\S*(?:dump|dumpall): (?:error: )?", "") + meant;
    }

    private static List<String> known(String tool) throws IOException {
        return KNOWN.matcher(ShortOutput.of(List.of(tool, "--help"))).results().map(result -> result.group(1))
                .filter(Objects::nonNull).distinct().toList();
    }
}
