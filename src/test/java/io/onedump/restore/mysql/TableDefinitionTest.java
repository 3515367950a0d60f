package io.onedump.restore.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

class TableDefinitionTest {

    private static final String CHILD = """
            CREATE TABLE `odd ``(name` (
              `id` int(11) NOT NULL AUTO_INCREMENT COMMENT 'a, (b); ''c'' \\' KEY',
              `code` varchar(20) DEFAULT 'x,)',
              `up` int(11) GENERATED ALWAYS AS (`id` + (1)) VIRTUAL,
              PRIMARY KEY (`code`,`id`),
              UNIQUE KEY `by_up` (`up`),
              KEY `counter` (`id`,`code`),
              KEY `pre,fix` (`code`(5)) USING BTREE COMMENT 'k, (1)',
              FULLTEXT KEY `words` (`code`) /*!50100 WITH PARSER `ngram` */ ,
              CONSTRAINT `a ``b` FOREIGN KEY (`code`) REFERENCES `parent` (`code`) ON DELETE CASCADE,
              CONSTRAINT `positive` CHECK (`id` > 0 and `code` <> ',')
            ) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='t (1), '
            /*!50100 PARTITION BY KEY (code) PARTITIONS 3 */""";

    @Test
    void takesOutWhatRowsDoNotNeed() {
        TableDefinition table = TableDefinition.of(CHILD);

        assertThat(table.bare()).startsWith("CREATE TABLE `odd ``(name` (\n").contains("PRIMARY KEY (`code`,`id`)",
                "KEY `counter`", "CONSTRAINT `positive` CHECK", "PARTITION BY KEY (code) PARTITIONS 3 */",
                "'a, (b); ''c'' \\' KEY'")
                .doesNotContain("by_up", "pre,fix", "words", "FOREIGN KEY");
        assertThat(table.withKeys()).contains("by_up", "pre,fix", "words").doesNotContain("FOREIGN KEY");
    }

    @Test
    void addsWhatIsMissingInAsFewStatementsAsTheServerTakes() {
        TableDefinition table = TableDefinition.of(CHILD);

        assertThat(table.additions(List.of())).containsExactly(
                "ADD UNIQUE KEY `by_up` (`up`), ADD KEY `pre,fix` (`code`(5)) USING BTREE COMMENT 'k, (1)'",
                "ADD FULLTEXT KEY `words` (`code`) /*!50100 WITH PARSER `ngram` */");
        assertThat(table.additions(List.of("by_up", "words"))).singleElement().asString()
                .startsWith("ADD KEY `pre,fix`");
        assertThat(table.references(List.of())).startsWith("ADD CONSTRAINT `a ``b` FOREIGN KEY");
        assertThat(table.references(List.of("a `b"))).isEmpty();
    }

    @Test
    void keepsUniqueKeysWhereThereIsNoPrimaryOne() {
        TableDefinition table = TableDefinition.of("CREATE TABLE `t` (\n  `a` int NOT NULL,\n  UNIQUE KEY `a` (`a`),\n"
                + "  KEY `b` (`a`)\n) ENGINE=InnoDB");

        assertThat(table.bare()).contains("UNIQUE KEY `a`").doesNotContain("KEY `b`");
    }

    @Test
    void leavesAloneWhatItDoesNotUnderstand() {
        assertThat(TableDefinition.of("CREATE TABLE t LIKE x")).isNull();
        assertThat(TableDefinition.of("CREATE TABLE `t` (`a` int")).isNull();
        assertThat(TableDefinition.of("CREATE SEQUENCE `s` start with 1")).isNull();
    }
}
