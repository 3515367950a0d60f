package io.onedump.app.cli;

import picocli.CommandLine.Command;

/** {@code onedump binlog}: its verbs do the work. */
@Command(name = "binlog", mixinStandardHelpOptions = true, versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Archive the binary log of MySQL and MariaDB servers and restore to any moment.",
        subcommands = {BinlogSyncCommand.class, BinlogStatusCommand.class, BinlogVerifyCommand.class,
                BinlogFindCommand.class, BinlogFetchCommand.class, BinlogAcceptGapCommand.class,
                BinlogRestoreCommand.class})
final class BinlogCommand {
}
