package io.onedump.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import io.onedump.docs.Page;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/commands.md shows each command's help as it is. */
class CommandsPageTest {

    private final Page page = Page.of("docs/commands.md");
    private final CommandLine onedump = Onedump.commandLine();

    @Test
    void pageShowsTheHelpOfEachCommand() {
        assertThat(page.outdated("help", this::help))
                .as("refresh it: mvn -q test -Dtest=CommandsPageTest -Ddocs.update=true").isEmpty();
    }

    @Test
    void binlogPageShowsTheHelpOfItsVerbs() {
        assertThat(Page.of("docs/binlog.md").outdated("help", this::help))
                .as("refresh it: mvn -q test -Dtest=CommandsPageTest -Ddocs.update=true").isEmpty();
    }

    @Test
    void pageHasEveryCommand() {
        List<String> commands = onedump.getSubcommands().entrySet().stream()
                .filter(command -> !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(command -> command.getKey()).filter(name -> !name.equals("help")).toList();
        assertThat(page.generated("help")).contains("onedump").containsAll(commands);
    }

    private String help(String name) {
        CommandLine command = onedump;
        for (String verb : name.equals("onedump") ? new String[0] : name.split(" ")) {
            command = command.getSubcommands().get(verb);
        }
        return "```text\n" + command.getUsageMessage(Ansi.OFF) + "```\n";
    }
}
