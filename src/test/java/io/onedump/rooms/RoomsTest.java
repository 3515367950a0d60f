package io.onedump.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import io.onedump.docs.Page;
import org.junit.jupiter.api.Test;

/** Each package says in its package-info.java what it is for and which others it uses, and the code keeps to that. */
class RoomsTest {

    /** A family of rooms may use those in earlier rows, and those in its own row that it names here. */
    private static final List<Map<String, Set<String>>> FLOORS = List.of(
            Map.of("artifact", Set.of(), "secret", Set.of()),
            Map.of("ssh", Set.of(), "database", Set.of(), "encrypt", Set.of()),
            Map.of("job", Set.of(), "checksum", Set.of(), "slowlog", Set.of(), "storage", Set.of(), "dump", Set.of()),
            Map.of("restore", Set.of()),
            Map.of("sync", Set.of(), "binlog", Set.of()),
            Map.of("drill", Set.of()),
            Map.of("app", Set.of()));

    private static final List<Room> ROOMS = Room.all();

    @Test
    void everyRoomSaysWhatItIs() {
        List<String> silent = new ArrayList<>();
        for (Room room : ROOMS) {
            if (room.purpose().isEmpty()) {
                silent.add(room.name() + ": what it is for");
            }
            for (String word : List.of("Threads", "Camel", "Uses", "Enters")) {
                if (room.says(word).isEmpty()) {
                    silent.add(room.name() + ": <p>" + word + ": …");
                }
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void everyRoomUsesWhatItSaysAndNothingElse() {
        List<String> wrong = new ArrayList<>();
        for (Room room : ROOMS) {
            Set<String> unsaid = new TreeSet<>(room.uses());
            unsaid.removeAll(room.listed());
            unsaid.forEach(other -> wrong.add(room.name() + " uses " + other + " and does not say so"));
            Set<String> unused = new TreeSet<>(room.listed());
            unused.removeAll(room.uses());
            unused.forEach(other -> wrong.add(room.name() + " says that it uses " + other + " and does not"));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void roomsWithoutCamelNameItNowhere() {
        assertThat(ROOMS.stream().filter(room -> room.says("Camel").startsWith("no"))
                .flatMap(room -> room.camel().stream().map(file -> room.name() + ": " + file))).isEmpty();
    }

    @Test
    void familiesUseOnlyThoseOnLowerFloors() {
        List<String> upward = new ArrayList<>();
        for (Room room : ROOMS) {
            Set<String> allowed = allowed(room.family());
            room.uses().stream().map(other -> other.replaceFirst("\\..*", ""))
                    .filter(family -> !family.equals(room.family()) && !allowed.contains(family))
                    .forEach(family -> upward.add(room.name() + " must not use " + family));
        }
        assertThat(upward).isEmpty();
    }

    /** Only a component's own room and those inside it may know each other: it picks them, they keep its contract. */
    @Test
    void noRoomsUseEachOtherButAComponentAndItsParts() {
        Map<String, Set<String>> uses = ROOMS.stream().collect(Collectors.toMap(Room::name, Room::uses));
        List<String> cycles = new ArrayList<>();
        for (String room : uses.keySet()) {
            for (String other : reached(room, uses)) {
                boolean part = other.startsWith(room + ".") || room.startsWith(other + ".");
                if (room.compareTo(other) < 0 && !part && reached(other, uses).contains(room)) {
                    cycles.add(room + " and " + other);
                }
            }
        }
        assertThat(cycles).isEmpty();
    }

    /** An estate that only wants jobs tracked brings neither a scheduler nor a messenger. */
    @Test
    void jobsNeedCamelAndNoneOfItsComponents() {
        Room jobs = ROOMS.stream().filter(room -> room.name().equals("job")).findFirst().orElseThrow();

        assertThat(jobs.naming("\\b(org\\.quartz|org\\.apache\\.camel\\.component|com\\.google)\\.")).isEmpty();
    }

    /** It asks a backend what it can do. */
    @Test
    void syncKnowsNoBackend() {
        assertThat(ROOMS.stream().filter(room -> room.family().equals("sync"))
                .flatMap(room -> room.naming("io\\.onedump\\.storage\\.[a-z]").stream())).isEmpty();
    }

    @Test
    void theArchitecturePageShowsTheRooms() {
        assertThat(Page.of("docs/architecture.md").outdated("rooms", name -> table()))
                .as("refresh it: mvn -q test -Dtest=RoomsTest -Ddocs.update=true").isEmpty();
    }

    private static Set<String> allowed(String family) {
        Set<String> allowed = new TreeSet<>();
        for (Map<String, Set<String>> floor : FLOORS) {
            if (floor.containsKey(family)) {
                allowed.addAll(floor.get(family));
                return allowed;
            }
            allowed.addAll(floor.keySet());
        }
        throw new AssertionError("the family " + family + " has no floor");
    }

    /** What a room uses, directly or through others, without what a component's own room uses for its parts. */
    private static Set<String> reached(String room, Map<String, Set<String>> uses) {
        Set<String> reached = new TreeSet<>();
        List<String> open = new ArrayList<>(List.of(room));
        while (!open.isEmpty()) {
            String next = open.remove(open.size() - 1);
            uses.get(next).stream().filter(further -> !next.startsWith(further + ".")).filter(reached::add)
                    .forEach(open::add);
        }
        return reached;
    }

    private static String table() {
        StringBuilder table = new StringBuilder("| room | what it is for | Camel | uses |\n|---|---|---|---|\n");
        for (Room room : ROOMS) {
            String uses = room.listed().stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
            table.append("| `").append(room.name()).append("` | ").append(markdown(room.purpose())).append(" | ")
                    .append(room.says("Camel").startsWith("no") ? "no" : "yes").append(" | ")
                    .append(uses.isEmpty() ? "none of ours" : uses).append(" |\n");
        }
        return table.toString();
    }

    private static String markdown(String javadoc) {
        return javadoc.replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`").replace("|", "\\|");
    }
}
