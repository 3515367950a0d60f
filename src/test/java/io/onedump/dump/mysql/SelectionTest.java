package io.onedump.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;

import io.onedump.database.TableGlob;
import org.junit.jupiter.api.Test;

class SelectionTest {

    @Test
    void takesTablesByGlobsWithAndWithoutTheirDatabase() {
        Selection selection = new Selection(null, TableGlob.words("log_*, shop.orders"), TableGlob.words("log_?"),
                Map.of(), true, true, false);

        assertThat(selection.takes("any", "log_2024")).isTrue();
        assertThat(selection.takes("any", "log_x")).isFalse();
        assertThat(selection.takes("shop", "orders")).isTrue();
        assertThat(selection.takes("other", "orders")).isFalse();
        assertThat(selection.takes("shop", "a.b")).isFalse();
    }

    @Test
    void ofAWholeServerTheSystemsDatabasesAreNotTaken() {
        Selection selection = new Selection(null, List.of(), List.of(), Map.of(), true, true, false);

        assertThat(selection.takes("mysql")).isFalse();
        assertThat(selection.takes("shop")).isTrue();
    }

    @Test
    void readsAConditionForEachTable() {
        assertThat(Selection.conditions("orders: created > '2024-01-01 10:00'\n\n shop.log : id < 5 "))
                .containsOnly(Map.entry("orders", "created > '2024-01-01 10:00'"), Map.entry("shop.log", "id < 5"));
        assertThatThrownBy(() -> Selection.conditions("created > 5")).hasMessageContaining("a table, a colon");
    }

    @Test
    void nothingAtAllIsNoSelection() {
        assertThatThrownBy(() -> new Selection("a", List.of(), List.of(), Map.of(), false, false, false))
                .hasMessageContaining("leave nothing");
    }
}
