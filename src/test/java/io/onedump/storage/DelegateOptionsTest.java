package io.onedump.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares with the catalogs of the components: an option of theirs is honoured or refused, never passed over. */
class DelegateOptionsTest {

    private static final Map<DelegateOptions, String> SCHEMES = Map.of(DelegateOptions.FILE, "file",
            DelegateOptions.S3, "aws2-s3", DelegateOptions.SFTP, "sftp", DelegateOptions.DROPBOX, "dropbox",
            DelegateOptions.GOOGLE_DRIVE, "google-drive");
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([\\w-]+):` \\| ((?:`\\w+`(?:, )?)+) \\|$");

    private final CamelContext context = new DefaultCamelContext();

    @Test
    void everyOptionOfTheComponentsIsHonouredOrRefusedByName() {
        SCHEMES.forEach((options, scheme) -> {
            Set<String> catalog = catalog(scheme);
            assertThat(catalog).as(scheme).containsAll(options.honoured());
            for (String name : catalog) {
                Map<String, Object> given = new HashMap<>(Map.of(name, "x"));
                if (options.honoured().contains(name)) {
                    assertThatCode(() -> options.check(scheme, given)).as(name).doesNotThrowAnyException();
                    assertThat(given).containsKey(name);
                } else {
                    assertThatThrownBy(() -> options.check(scheme, given)).isInstanceOf(IllegalArgumentException.class)
                            .hasMessageStartingWith("option " + name + ": ").hasMessageContaining("remove it");
                }
            }
        });
    }

    @Test
    void theDocumentationNamesThoseThatAreHonoured() throws Exception {
        Map<String, Set<String>> documented = new HashMap<>();
        Matcher row = DOCUMENTED.matcher(Files.readString(Path.of("docs/storage.md")));
        while (row.find()) {
            documented.put(row.group(1), Set.of(row.group(2).replace("`", "").split(", ")));
        }
        Map<String, Set<String>> honoured = new HashMap<>();
        SCHEMES.forEach((options, scheme) -> honoured.put(scheme, options.honoured()));
        assertThat(documented).isEqualTo(honoured);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "file:x?fileExist=Append                             | option fileExist: .*always replaces.*",
            "file:x?chmod=600                                    | option chmod: .*fileMode.*",
            "file:x?partSize=6000000 | option partSize: it has no effect on file; remove it",
            "aws2-s3:x?autoCreateBucket=true | option autoCreateBucket: .*create the bucket beforehand.*",
            "aws2-s3:x?multiPartUpload=false                     | option multiPartUpload: .*partSize.*",
            "aws2-s3:x?folderId=x | option folderId: it has no effect on aws2-s3; remove it",
            "sftp:a@b/c?strictHostKeyChecking=no                 | option strictHostKeyChecking: .*always checked.*",
            "sftp:a@b/c?compression=6                            | option compression: .*compressed by dump.*",
            "sftp:a@b/c?bulkRequests=100                         | option bulkRequests: .*remove it",
            "dropbox:put?accessToken=x&uploadMode=force          | option uploadMode: .*always replaces.*",
            "google-drive:drive-files/create?inBody=content      | option inBody: .*remove it",
            "google-drive:drive-files/create?fileId=1            | option fileId: .*remove it",
            "mock:x?verify=read-back                             | option verify: it has no effect on mock; remove it",
            "mock:x?fileName=a${date:now:yyyy}&keepLast=3 | option keepLast: it has no effect on mock; remove it"})
    void sayWhatToDoInstead(String delegate, String message) {
        assertThatThrownBy(() -> context.getEndpoint("storage:" + delegate)).rootCause()
                .isInstanceOf(IllegalArgumentException.class).message().matches(message);
    }

    @ParameterizedTest
    @CsvSource({"sftp:a@b/c?strictHostKeyChecking=yes&password=x",
            "aws2-s3:x?multiPartUpload=true&accessKey=a&secretKey=b",
            "mock:x?fileName=a"})
    void mayAskForWhatIsDoneAnyway(String delegate) {
        assertThatCode(() -> context.getEndpoint("storage:" + delegate)).doesNotThrowAnyException();
    }

    /** Without the parts of the path and what storage, as every producer, has itself. */
    private Set<String> catalog(String scheme) {
        String json = context.getCamelContextExtension().getContextPlugin(RuntimeCamelCatalog.class)
                .componentJSonSchema(scheme);
        Set<String> names = new TreeSet<>();
        JsonObject properties = JsonParser.parseString(json).getAsJsonObject().getAsJsonObject("properties");
        properties.entrySet().forEach(entry -> {
            if (entry.getValue().getAsJsonObject().get("kind").getAsString().equals("parameter")) {
                names.add(entry.getKey());
            }
        });
        return names;
    }
}
