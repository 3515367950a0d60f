package io.onedump.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;
import org.apache.camel.tooling.model.JsonMapper;

/** A component's options as a Markdown table, from its generated catalog. */
final class OptionsTable {

    /** Every Camel producer or consumer has them; they are Camel's own and not told again on each page. */
    private static final Set<String> CAMELS_OWN =
            Set.of("lazyStartProducer", "bridgeErrorHandler", "exceptionHandler", "exchangePattern");

    private OptionsTable() {
    }

    static String of(String component) {
        ComponentModel model = model(component);
        return "| option | what it is | default |\n|---|---|---|\n" + options(model).stream()
                .filter(option -> !CAMELS_OWN.contains(option.getName())).map(OptionsTable::row)
                .collect(Collectors.joining());
    }

    private static List<EndpointOptionModel> options(ComponentModel model) {
        return model.getEndpointOptions();
    }

    private static ComponentModel model(String component) {
        try {
            return JsonMapper.generateComponentModel(Files.readString(Repository.file(
                    "src/generated/resources/META-INF/io/onedump/" + component + "/" + component + ".json")));
        } catch (IOException e) {
            throw new UncheckedIOException("no catalog of the component " + component, e);
        }
    }

    private static String row(EndpointOptionModel option) {
        String name = "`" + option.getName() + "`";
        if (option.isRequired()) {
            name = "**" + name + "** (required)";
        }
        if (option.isSecret()) {
            name += " (secret)";
        }
        String text = option.getDescription().replace("|", "\\|");
        if (option.getEnums() != null && !option.getEnums().isEmpty()) {
            text += " One of "
                    + option.getEnums().stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "))
                    + ".";
        }
        Object standard = option.getDefaultValue();
        return "| " + name + " | " + text + " | " + (standard == null ? "" : "`" + standard + "`") + " |\n";
    }
}
