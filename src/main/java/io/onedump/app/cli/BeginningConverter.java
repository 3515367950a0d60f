package io.onedump.app.cli;

import io.onedump.binlog.archive.Beginning;
import picocli.CommandLine.ITypeConverter;

/** Reads where an archive begins: a time as all commands read it, or a GTID. */
final class BeginningConverter implements ITypeConverter<Beginning> {

    @Override
    public Beginning convert(String text) {
        return Beginning.isGtid(text)
                ? new Beginning(null, text)
                : new Beginning(new MomentConverter().convert(text), null);
    }
}
