package io.onedump.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.junit.jupiter.api.Test;

class DumpHeadTest {

    @Test
    void readsWhatMysqldumpWrites() {
        assertThat(DumpHead.read("""
                -- MySQL dump 10.13  Distrib 8.0.31, for Linux (x86_64)
                --
                -- Host: 127.0.0.1    Database: shop
                -- ------------------------------------------------------
                -- Server version\t8.0.31
                SET @@GLOBAL.GTID_PURGED=/*!80000 '+'*/ 'aa-1:1-5,
                bb-2:7';
                -- CHANGE MASTER TO MASTER_LOG_FILE='binlog.000002', MASTER_LOG_POS=157;
                """)).containsOnly(Map.entry("tool", "mysqldump 8.0.31"),
                Map.entry("server", "mysql 8.0.31"), Map.entry("gtid", "aa-1:1-5,bb-2:7"),
                Map.entry("position", "binlog.000002:157"));
    }

    @Test
    void readsWhatMariaDbDumpWrites() {
        assertThat(DumpHead.read("""
                /*M!999999\\- enable the sandbox mode */
                -- MariaDB dump 10.19-11.4.2-MariaDB, for debian-linux-gnu (x86_64)
                -- Server version\t11.4.2-MariaDB-log
                -- CHANGE MASTER TO MASTER_LOG_FILE='mysqld-bin.000001', MASTER_LOG_POS=330;
                -- SET GLOBAL gtid_slave_pos='0-1-12';
                """)).containsEntry("tool", "mariadb-dump 10.19-11.4.2-MariaDB")
                .containsEntry("server", "mariadb 11.4.2-MariaDB-log").containsEntry("gtid", "0-1-12")
                .containsEntry("position", "mysqld-bin.000001:330");
    }

    @Test
    void readsWhatPgDumpWrites() {
        assertThat(DumpHead.read("-- Dumped from database version 15.3 (Debian 15.3-1)\n"
                + "-- Dumped by pg_dump version 16.1\n")).containsEntry("tool", "pg_dump 16.1")
                .containsEntry("server", "postgresql 15.3");
    }

    @Test
    void knowsNothingOfAnythingElse() {
        assertThat(DumpHead.read("PGDMP\u0001")).isEmpty();
    }
}
