package io.onedump.binlog.event;

/** What the events with rows do, by their type codes: of two versions, and MariaDB's compressed ones. */
enum RowsEvent {

    INSERT, UPDATE, DELETE, INSERT_2, UPDATE_2, DELETE_2, PARTIAL_UPDATE, INSERT_PACKED, UPDATE_PACKED, DELETE_PACKED,
    INSERT_2_PACKED, UPDATE_2_PACKED, DELETE_2_PACKED;

    /** Null for all other events. */
    static RowsEvent of(int type) {
        return switch (type) {
            case 23 -> INSERT;
            case 24 -> UPDATE;
            case 25 -> DELETE;
            case 30 -> INSERT_2;
            case 31 -> UPDATE_2;
            case 32 -> DELETE_2;
            case 39 -> PARTIAL_UPDATE;
            case 166 -> INSERT_PACKED;
            case 167 -> UPDATE_PACKED;
            case 168 -> DELETE_PACKED;
            case 169 -> INSERT_2_PACKED;
            case 170 -> UPDATE_2_PACKED;
            case 171 -> DELETE_2_PACKED;
            default -> null;
        };
    }

    /** Whether it is of the second version, which has a field more. */
    boolean second() {
        return name().contains("2") || this == PARTIAL_UPDATE;
    }

    boolean updates() {
        return name().contains("UPDATE");
    }

    boolean compressed() {
        return name().endsWith("PACKED");
    }

    RowChanges changes(long rows, boolean exact) {
        return new RowChanges(name().startsWith("INSERT") ? rows : 0, updates() ? rows : 0,
                name().startsWith("DELETE") ? rows : 0, exact && this != PARTIAL_UPDATE);
    }
}
