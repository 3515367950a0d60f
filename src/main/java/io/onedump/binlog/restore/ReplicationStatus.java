package io.onedump.binlog.restore;

import io.onedump.database.mysql.BinlogPosition;
import io.onedump.database.mysql.Row;

/**
 * How far a replica has come.
 *
 * @param executed the place in the source's files up to which everything was applied
 * @param failed   whether it will not go on
 * @param problem  the server's words
 */
record ReplicationStatus(BinlogPosition executed, boolean failed, String problem) {

    /** Both families, and MySQL before and after it renamed the columns. */
    static ReplicationStatus of(Row row) {
        String file = either(row, "Relay_Source_Log_File", "Relay_Master_Log_File");
        long offset = Long.parseLong(either(row, "Exec_Source_Log_Pos", "Exec_Master_Log_Pos"));
        boolean applying = "Yes".equals(either(row, "Replica_SQL_Running", "Slave_SQL_Running"));
        boolean receiving = !"No".equals(either(row, "Replica_IO_Running", "Slave_IO_Running"));
        String problem = (row.get("Last_SQL_Error") + " " + row.get("Last_IO_Error")).strip();
        boolean failed = !applying || !receiving || !"0".equals(row.get("Last_SQL_Errno"));
        return new ReplicationStatus(BinlogPosition.of(file.isEmpty() ? "(none)" : file, offset), failed, problem);
    }

    static String either(Row row, String newName, String oldName) {
        String value = row.get(newName);
        return value == null ? row.get(oldName) : value;
    }
}
