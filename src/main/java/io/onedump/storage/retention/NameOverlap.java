package io.onedump.storage.retention;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The names of a pattern in a place, and whether another one can make the same: both are read side by side, one
 * character at a time.
 */
public final class NameOverlap {

    private static final BitSet DIGITS = range('0', '9');
    private static final BitSet NAME = nameCharacters();

    /** One character of a name, or any number of such. */
    private record Step(BitSet characters, boolean isRepeated) {
    }

    private record Place(int first, int second) {
    }

    private final String start;
    private final List<Step> steps = new ArrayList<>();
    private boolean varies;

    /** @param start what all the names begin with */
    NameOverlap(String start) {
        this.start = start;
    }

    /** What all the names begin with: two meet only if one's beginning begins with the other's. */
    public String start() {
        return start;
    }

    /** Whether two such names of one run may differ. */
    public boolean varies() {
        return varies;
    }

    void literal(String text) {
        text.chars().forEach(character -> steps.add(new Step(range(character, character), false)));
    }

    /**
     * A date as it is printed: its digits stand for any.
     *
     * @param start whether it is the beginning of the run
     */
    void date(String printed, boolean start) {
        varies |= !start;
        printed.chars().forEach(character -> steps.add(
                new Step(Character.isDigit(character) ? DIGITS : range(character, character), false)));
    }

    void anything() {
        varies = true;
        steps.add(new Step(NAME, true));
    }

    public boolean meets(NameOverlap other) {
        if (!start.startsWith(other.start) && !other.start.startsWith(start)) {
            return false;
        }
        int same = Math.min(start.length(), other.start.length());
        while (same < Math.min(steps.size(), other.steps.size()) && !steps.get(same).isRepeated()
                && !other.steps.get(same).isRepeated()) {
            if (!steps.get(same).characters().intersects(other.steps.get(same).characters())) {
                return false;
            }
            same++;
        }
        Deque<Place> left = new ArrayDeque<>(List.of(new Place(same, same)));
        Set<Place> seen = new HashSet<>(left);
        while (!left.isEmpty()) {
            Place place = left.pop();
            if (place.first() == steps.size() && place.second() == other.steps.size()) {
                return true;
            }
            for (Place next : next(place, other)) {
                if (seen.add(next)) {
                    left.push(next);
                }
            }
        }
        return false;
    }

    private List<Place> next(Place place, NameOverlap other) {
        Step first = place.first() < steps.size() ? steps.get(place.first()) : null;
        Step second = place.second() < other.steps.size() ? other.steps.get(place.second()) : null;
        List<Place> next = new ArrayList<>();
        if (first != null && first.isRepeated()) {
            next.add(new Place(place.first() + 1, place.second()));
        }
        if (second != null && second.isRepeated()) {
            next.add(new Place(place.first(), place.second() + 1));
        }
        if (first != null && second != null && first.characters().intersects(second.characters())) {
            next.add(new Place(place.first() + (first.isRepeated() ? 0 : 1),
                    place.second() + (second.isRepeated() ? 0 : 1)));
        }
        return next;
    }

    private static BitSet range(int from, int to) {
        BitSet characters = new BitSet();
        characters.set(from, to + 1);
        return characters;
    }

    private static BitSet nameCharacters() {
        BitSet characters = range(0, Character.MAX_VALUE);
        characters.clear('/');
        return characters;
    }
}
