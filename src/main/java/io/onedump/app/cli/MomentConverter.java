package io.onedump.app.cli;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads ISO 8601 times with their zone: without one, nobody knows which moment was meant. */
final class MomentConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new TypeConversionException("'" + text + "' is not a time with its zone, such as"
                    + " 2026-11-23T07:00:00Z or"
                    + " 2026-11-23T08:00:00.250+01:00");
        }
    }
}
