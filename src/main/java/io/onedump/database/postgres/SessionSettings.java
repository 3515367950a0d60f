package io.onedump.database.postgres;

/** Settings of sessions that read and write values exactly, whatever role or database have for defaults. */
public final class SessionSettings {

    /** Values as text from which the same values come. Rows that a policy hides are an error, not missing. */
    public static final String EXACT = "SET client_encoding = 'UTF8'; SET standard_conforming_strings = on;"
            + " SET extra_float_digits = 3; SET row_security = off; SET DateStyle = 'ISO, MDY';"
            + " SET IntervalStyle = 'postgres'; SET bytea_output = 'hex'; SET TimeZone = 'UTC';"
            + " SET lc_monetary = 'C'; SET xmlbinary = 'base64'; SET search_path = ''; SET synchronize_seqscans = off";

    /** Long statements and long pauses are no failures. */
    public static final String PATIENT = "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;"
            + " SET client_min_messages = warning;"
            // Not in every version.
            + " SELECT pg_catalog.set_config(name, '0', false) FROM pg_catalog.pg_settings"
            + " WHERE name IN ('transaction_timeout', 'idle_session_timeout')";

    private SessionSettings() {
    }
}
