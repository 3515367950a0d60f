package io.onedump.app.cli;

import java.time.Clock;
import java.time.Instant;

import io.onedump.slowlog.Moment;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the times of all commands. */
final class MomentConverter implements ITypeConverter<Instant> {

    @Override
    public Instant convert(String text) {
        try {
            return Moment.parse(text, Clock.systemUTC());
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
