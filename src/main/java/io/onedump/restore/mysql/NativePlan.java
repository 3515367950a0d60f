package io.onedump.restore.mysql;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.onedump.database.TableGlob;
import io.onedump.dump.format.DumpFile;
import io.onedump.dump.format.DumpIndex;
import io.onedump.dump.format.Frame;
import io.onedump.restore.choice.RestoreChoice;
import io.onedump.restore.choice.RestoreException;
import io.onedump.restore.rows.DumpPlan;

/** What of a dump's frames is loaded, and into which databases: the choice, held against the table index. */
final class NativePlan extends DumpPlan {

    /** Objects of those kinds stay out when single tables are wanted. */
    private static final Set<DumpIndex.Kind> OF_DATABASES = Set.of(DumpIndex.Kind.PACKAGE,
            DumpIndex.Kind.PACKAGE_BODY, DumpIndex.Kind.FUNCTION, DumpIndex.Kind.PROCEDURE, DumpIndex.Kind.EVENT);
    private static final Set<DumpIndex.Kind> OF_SERVERS = Set.of(DumpIndex.Kind.ACCOUNT, DumpIndex.Kind.GRANT);
    private static final Pattern NEXT_VALUE =
            Pattern.compile("(?i)nextval\\(`((?:[^`]|``)*)`\\.`((?:[^`]|``)*)`\\)");

    private final List<String> head;
    private final Map<String, String> targets = new LinkedHashMap<>();
    private final List<DumpIndex.Part> before = new ArrayList<>();
    private final List<DumpIndex.Part> after = new ArrayList<>();

    /**
     * @param  database         the one that the connection names, or null
     * @throws RestoreException when the dump does not have what is wanted, or nobody says where it goes
     */
    NativePlan(DumpFile file, RestoreChoice choice, String database) throws IOException {
        super(file, choice);
        DumpIndex index = file.index();
        this.head = SqlStatements.of(firstPart());
        checkNames(index);
        List<String> wanted = index.origin().databases().stream().filter(choice::takesDatabase).toList();
        targets(index, wanted, database);
        index.tables().stream().filter(table -> choice.takesTable(table.database(), table.name())).forEach(this::add);
        Set<String> sequences = choice.isOfTables() ? sequences(index) : Set.of();
        for (DumpIndex.Part part : index.parts()) {
            if (takes(part, sequences)) {
                (part.kind().beforeRows() ? before : after).add(part);
            }
        }
    }

    private void checkNames(DumpIndex index) throws RestoreException {
        List<String> databases = index.origin().databases();
        for (String name : choice().databases()) {
            if (!databases.contains(name)) {
                throw new RestoreException("the dump has no database '" + name + "'; it has "
                        + Names.some(databases, name));
            }
        }
        List<String> names = index.tables().stream().map(table -> table.database() + "." + table.name()).toList();
        List<String> others = index.parts().stream()
                .filter(part -> part.kind() == DumpIndex.Kind.VIEW || part.kind() == DumpIndex.Kind.SEQUENCE)
                .map(part -> part.database() + "." + part.name()).toList();
        for (String glob : choice().tables()) {
            if (!has(glob, names) && !has(glob, others)) {
                throw new RestoreException("the dump has no table '" + glob + "'"
                        + (choice().databases().isEmpty() ? "" : " in " + String.join(", ", choice().databases()))
                        + "; it has " + Names.some(names, glob));
            }
        }
    }

    private boolean has(String glob, List<String> names) {
        return names.stream().anyMatch(name -> {
            int dot = name.indexOf('.');
            return choice().takesDatabase(name.substring(0, dot))
                    && TableGlob.matches(glob, name.substring(0, dot), name.substring(dot + 1));
        });
    }

    private void targets(DumpIndex index, List<String> wanted, String database) throws RestoreException {
        Set<String> used = new LinkedHashSet<>(wanted);
        if (choice().isOfTables()) {
            used.removeIf(name -> index.tables().stream().noneMatch(table -> table.database().equals(name)
                    && choice().takesTable(name, table.name()))
                    && index.parts().stream().noneMatch(part -> name.equals(part.database())
                            && part.kind() == DumpIndex.Kind.VIEW && choice().takesTable(name, part.name())));
        }
        if (choice().into() != null && used.size() != 1) {
            throw new RestoreException("only one database can come back under another name, and what is wanted is of "
                    + used.size() + ": " + String.join(", ", used) + "; choose one with --database");
        }
        for (String name : used) {
            String into = choice().into() != null ? choice().into() : index.origin().named() ? name : database;
            targets.put(name, into == null ? name : into);
        }
        if (choice().into() == null && index.origin().named() && database != null
                && !targets.containsKey(database)) {
            throw new RestoreException("the target's DSN names the database '" + database + "', and the dump has "
                    + String.join(", ", used) + ": leave it out of the DSN, or say --into-database " + database);
        }
    }

    /** Those whose next value is the default of a wanted table's column. */
    private Set<String> sequences(DumpIndex index) throws IOException {
        Set<String> sequences = new LinkedHashSet<>();
        for (DumpIndex.Part part : index.parts()) {
            if (part.kind() == DumpIndex.Kind.TABLE && choice().takesTable(part.database(), part.name())) {
                Matcher next = NEXT_VALUE.matcher(text(part));
                while (next.find()) {
                    sequences.add(next.group(1) + "." + next.group(2));
                }
            }
        }
        return sequences;
    }

    private boolean takes(DumpIndex.Part part, Set<String> sequences) {
        DumpIndex.Kind kind = part.kind();
        if (kind == DumpIndex.Kind.HEAD || kind == DumpIndex.Kind.TAIL || !choice().schema()
                && kind != DumpIndex.Kind.SEQUENCE_VALUE) {
            return false;
        }
        if (OF_SERVERS.contains(kind)) {
            return choice().databases().isEmpty() && !choice().isOfTables() && choice().into() == null;
        }
        if (!targets.containsKey(part.database()) || choice().isOfTables() && OF_DATABASES.contains(kind)) {
            return false;
        }
        if (kind == DumpIndex.Kind.DATABASE) {
            return !choice().isOfTables();
        }
        if (kind == DumpIndex.Kind.TRIGGER) {
            return choice().takesTable(part.database(), part.table());
        }
        if (kind == DumpIndex.Kind.SEQUENCE_VALUE && !choice().data()) {
            return false;
        }
        if (kind == DumpIndex.Kind.SEQUENCE || kind == DumpIndex.Kind.SEQUENCE_VALUE) {
            return choice().takesTable(part.database(), part.name())
                    || sequences.contains(Names.bytes(part.database()) + "." + Names.bytes(part.name()));
        }
        return kind != DumpIndex.Kind.TABLE && kind != DumpIndex.Kind.VIEW
                || choice().takesTable(part.database(), part.name());
    }

    /** The SQL of a part's frame, in bytes, one character each. */
    String text(DumpIndex.Part part) throws IOException {
        return new String(sql(part), StandardCharsets.ISO_8859_1);
    }

    /** The statements of the first part: settings without which no other can be loaded. */
    List<String> head() {
        return head;
    }

    /** The names of the databases on the target by those in the dump. */
    Map<String, String> targets() {
        return targets;
    }

    List<DumpIndex.Part> before() {
        return before;
    }

    List<DumpIndex.Part> after() {
        return after;
    }

    /** The longest statement that has to go to the target, in bytes, not much less than that. */
    long longestStatement() {
        return tables().stream().flatMap(table -> table.pieces().stream()).map(piece -> file().frame(piece.frame()))
                .filter(frame -> frame.plainSize() > FrameLoader.BUFFER).mapToLong(Frame::plainSize).max()
                .orElse(FrameLoader.MOST_STATEMENT);
    }

    /** The same for the same parts of the same dump. */
    String identity() {
        return identity(choice().inWords() + targets);
    }
}
