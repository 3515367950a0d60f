package io.onedump.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

import io.onedump.dump.ArtifactExecutor;
import io.onedump.encrypt.age.NewIdentity;
import org.apache.camel.component.exec.ExecCommandExecutor;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteCheckTest {

    private static final String GOOD = """
            - route:
                id: good
                from:
                  uri: timer
                  parameters:
                    timerName: night
                    period: 1h
                  steps:
                    - to:
                        uri: dump
                        parameters:
                          dumper: pgdump
                          dsn: "postgres://u:{{good.password}}@db/shop"
                    - to:
                        uri: storage
                        parameters:
                          delegate: file:/var/backups
            """;

    private static final String BAD = """
            - route:
                id: bad
                from:
                  uri: timer
                  parameters:
                    timerName: night
                    period: often
                  steps:
                    - to:
                        uri: dump
                        parameters:
                          dumper: pgdump
                          dsn: "mysql://u:s3cret-s3cret@db/shop"
                    - to:
                        uri: dump
                        parameters:
                          dumper: mysqldump
                          dsn: "{{missing.dsn}}"
                          colour: red
                    - to:
                        uri: dump
                        parameters:
                          dumper: mysqldump
                          password: s3cret-s3cret
                    - multicast:
                        steps:
                          - to:
                              uri: dump
                              parameters:
                                dumper: mysqldump
                                dsn: mysql://db/shop
                                compresion: gzip
                                password: s3cret-s3cret
                          - to: nonsense:x
            """;

    @TempDir
    private Path folder;

    private final DefaultCamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void findsNothingWrongWithGoodRoutes() throws IOException {
        assertThat(problems(file("good.camel.yaml", GOOD))).isEmpty();
    }

    @Test
    void findsNothingWrongWithTheRoutesOfTheDistribution() {
        assertThat(problems(RouteFiles.find("routes"))).isEmpty();
    }

    @Test
    void refusesTwoJobsThatCanKeepTheSameNameInOnePlace() throws IOException {
        String same = "              delegate: file:/var/backups\n              path: a\n"
                + "              fileName: \"shop-${date:now:yyyyMMdd}.sql\"\n";
        String nested = "              delegate: file:/var/backups/a\n"
                + "              fileName: \"${header.db}-${date:now:yyyyMMdd}.sql\"\n";
        String delegate = "              delegate: file:/var/backups\n";
        String good = GOOD.replace("{{good.password}}", "x");
        for (boolean nestedFirst : new boolean[] {false, true}) {
            assertThat(problems(
                    file("a.camel.yaml",
                            good.replace("id: good", "id: a").replace(delegate, nestedFirst ? nested : same)),
                    file("b.camel.yaml",
                            good.replace("id: good", "id: b").replace(delegate, nestedFirst ? same : nested)),
                    file("c.camel.yaml", good.replace("id: good", "id: c")))).singleElement()
                    .satisfies(problem -> {
                        assertThat(problem.route()).isEqualTo("b");
                        assertThat(problem.option()).isEqualTo("fileName");
                        assertThat(problem.message()).contains("job a can keep an artifact of the same name");
                    });
        }
    }

    private static final String DUMP = "        - to: {uri: dump, parameters: {dumper: pgdump, dsn: 'postgres://u:x@db/"
            + "%s'%s}}\n";
    private static final String KEEP = "        - to: {uri: storage, parameters: {delegate: '%s'%s}}\n";
    private static final String DAY = ", fileName: 'x-${date:now:yyyyMMdd}.sql'";

    private static String job(String id, String... steps) {
        return "- route:\n    id: " + id + "\n    from:\n      uri: timer:" + id + "?period=1h\n      steps:\n"
                + String.join("", steps);
    }

    static Stream<Arguments> jobsThatReplaceTheirOwn() {
        String shop = DUMP.formatted("shop", "");
        String crm = DUMP.formatted("crm", "");
        String plain = KEEP.formatted("file:/var/backups", "");
        String named = KEEP.formatted("file:/var/backups", DAY);
        String callee = "- route: {id: keep, from: {uri: direct:keep, steps: [to: {uri: storage, parameters: {delegate:"
                + " 'file:/var/backups'%s}}]}}\n";
        String call = "        - to: direct:keep\n";
        String header = "        - setHeader: {name: CamelFileName, constant: other.sql}\n";
        String choice = "        - choice:\n            when:\n            - simple: '${header.full}'\n"
                + "              steps:\n%s            otherwise:\n              steps:\n%s";
        String shared = (shop + named).indent(6);
        String seal = "        - to: encrypt:age?recipients="
                + NewIdentity.generate(Instant.EPOCH).recipient() + "\n";
        return Stream.of(Arguments.of("two databases under one name", job("a", shop, named, crm, named), true),
                Arguments.of("the same dump twice", job("a", shop, plain, shop, plain), true),
                Arguments.of("two databases under their own names", job("a", shop, plain, crm, plain), false),
                Arguments.of("one artifact twice", job("a", shop, named, named), true),
                Arguments.of("a command's output", job("a", shop, named, "        - to: exec:date\n", named), true),
                Arguments.of("a dump as it is, and sealed", job("a", shop, plain, named, seal, plain, named), false),
                Arguments.of("a sealed dump twice", job("a", shop, seal, named, named), true),
                Arguments.of("two places", job("a", shop, named, KEEP.formatted("file:/b", DAY)), false),
                Arguments.of("by a route that is called twice",
                        job("a", shop, call, crm, call) + callee.formatted(DAY), true),
                Arguments.of("by a route that takes the dump's name",
                        job("a", shop, call, shop, call) + callee.formatted(""), true),
                Arguments.of("by a route that takes the dumps' names",
                        job("a", shop, call, crm, call) + callee.formatted(""), false),
                Arguments.of("one way or the other", job("a", choice.formatted(shared, shared)), false),
                Arguments.of("a name that is set between", job("a", shop, plain, header, plain), false),
                Arguments.of("a name that the message makes",
                        job("a", shop, named.replace("x-", "x-${header.db}-"), crm,
                                named.replace("x-", "x-${header.db}-")),
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jobsThatReplaceTheirOwn")
    void refusesAJobThatReplacesWhatItHasKept(String what, String text, boolean refused) throws IOException {
        List<Problem> problems = problems(file("a.camel.yaml", text));
        if (refused) {
            assertThat(problems).singleElement().satisfies(problem -> {
                assertThat(problem.option()).isEqualTo("fileName");
                assertThat(problem.message()).contains("same run").contains("artifact of the same name in this place");
            });
        } else {
            assertThat(problems).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ftp:backup@nas/x | fileName: x.sql | ftp://backup@nas:21//x/ | fileName: x.sql | true",
            "ftp:nas/x | username: backup, fileName: x.sql | ftp:backup@nas | path: x, fileName: x.sql | true",
            "ftps:backup@nas/x | fileName: x.sql | ftps:backup@nas/x | fileName: x-1.sql | false",
            "ftp:backup@nas/x | fileName: x.sql | ftp:other@nas/x | fileName: x.sql | false",
            "ftp:backup@nas:2121/x | fileName: x.sql | ftp:backup@nas/x | fileName: x.sql | false",
            "seda:x | fileName: x.sql | seda:x | fileName: x.sql | false",
            "dropbox:put | CLOUD, fileName: Case.sql | dropbox:put | CLOUD, fileName: case.sql | true",
            "dropbox:put | CLOUD, path: P, fileName: x.sql | dropbox:put | CLOUD, path: p, fileName: x.sql | true",
            "file:/x | fileName: Case.sql | file:/x | fileName: case.sql | false",
            "aws2-s3:b | S3, prefix: p/, fileName: x.sql | aws2-s3:b | S3, path: p, fileName: x.sql | true",
            "aws2-s3:b | S3, prefix: p/, fileName: x.sql | aws2-s3:b | S3, path: q, fileName: x.sql | false"})
    void knowsWhichPlacesAreTheSame(String first, String options, String second, String others, boolean same)
            throws IOException {
        String dump = DUMP.formatted("shop", "");
        List<Problem> problems = problems(file("a.camel.yaml", job("a", dump, keep(first, options))),
                file("b.camel.yaml", job("b", dump, keep(second, others))));
        if (same) {
            assertThat(problems).singleElement().satisfies(
                    problem -> assertThat(problem.message()).contains("job a can keep an artifact of the same name"));
        } else {
            assertThat(problems).isEmpty();
        }
    }

    private static String keep(String delegate, String options) {
        return KEEP.formatted(delegate, ", " + options.replace("S3", "region: eu-central-1, accessKey: a, secretKey: b")
                .replace("CLOUD", "accessToken: token, clientIdentifier: tests"));
    }

    @Test
    void seesTheSamePlaceBehindASymbolicLink() throws IOException {
        Path real = Files.createDirectory(folder.resolve("real"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        String dump = DUMP.formatted("shop", "");
        for (String below : List.of("", "/not/yet")) {
            assertThat(problems(file("a.camel.yaml", job("a", dump, KEEP.formatted("file:" + real + below, DAY))),
                    file("b.camel.yaml", job("b", dump, KEEP.formatted("file:" + link + below, DAY)))))
                    .singleElement().satisfies(problem -> assertThat(problem.message()).contains("job a can keep"));
        }
    }

    @Test
    void addsTheEndingOfTheCompressionBeforeItComparesNames() throws IOException {
        String plain = KEEP.formatted("file:/var/backups", "");
        String a = job("a", DUMP.formatted("shop", ", compression: zstd" + DAY), plain);
        String b = DUMP.formatted("shop", ", compression: zstd");
        assertThat(problems(file("a.camel.yaml", a), file("b.camel.yaml",
                job("b", b, KEEP.formatted("file:/var/backups", DAY.replace(".sql", ".sql.zst"))))))
                .singleElement().satisfies(problem -> assertThat(problem.message()).contains("job a can keep"));
        assertThat(problems(file("a.camel.yaml", a), file("b.camel.yaml",
                job("b", b.replace("zstd", "gzip"), KEEP.formatted("file:/var/backups", DAY))))).isEmpty();
    }

    @Test
    void refusesTwoArchivesInOnePlaceAndReadsThePath() throws IOException {
        String archive = """
                - route:
                    id: %s
                    from:
                      uri: binlog:archive
                      parameters:
                        dsn: mysql://archiver@db1:3306
                        spoolDirectory: /var/lib/onedump/%s
                        storage: storage:%s
                      steps:
                        - to: log:archived
                """;
        assertThat(problems(file("a.camel.yaml", archive.formatted("a", "a", "file:/var/archive")),
                file("b.camel.yaml", archive.formatted("b", "b", "file:/var/archive/")),
                file("c.camel.yaml", archive.formatted("c", "c", "file:/var/archive/c")))).singleElement()
                .satisfies(problem -> {
                    assertThat(problem.route()).isEqualTo("b");
                    assertThat(problem.option()).isEqualTo("storage");
                    assertThat(problem.message()).contains("route a archives into the same place");
                });
        assertThat(problems(file("d.camel.yaml", archive.formatted("d", "d", "file:/var/archive?path=d")),
                file("e.camel.yaml", archive.formatted("e", "e", "file:/var/archive?path=e")))).isEmpty();
        assertThat(problems(file("d.camel.yaml", archive.formatted("d", "d", "file:/var/archive?path=d")),
                file("e.camel.yaml", archive.formatted("e", "e", "file:/var/archive/d")))).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("archives into the same place"));
        assertThat(problems(file("d.camel.yaml", archive.formatted("d", "d",
                "file:/var/archive?path=${date:now:yyyy}")))).singleElement().satisfies(
                        problem -> assertThat(problem.message()).contains("the same in all runs"));
    }

    @Test
    void refusesRetentionOfFilesOnAnArchive() throws IOException {
        String archive = """
                - route:
                    id: log
                    from:
                      uri: binlog:archive
                      parameters:
                        dsn: mysql://archiver@db.internal
                        spoolDirectory: /var/lib/log
                        storage: "storage:file:/var/archive?fileName=x&keepLast=7"
                      steps:
                        - to: log:archived
                """;
        assertThat(problems(file("a.camel.yaml", archive.replace("fileName=x&keepLast=7", "path=x"))))
                .isEmpty();
        assertThat(problems(file("a.camel.yaml", archive.replace("?fileName=x&keepLast=7", "\"\n        keepFor:"
                + " shop\n        onNewTimeline: \"log")))).singleElement().satisfies(problem -> {
                    assertThat(problem.option()).isEqualTo("keepFor");
                    assertThat(problem.message()).contains("there is no job 'shop'");
                });
        assertThat(problems(file("a.camel.yaml", archive.replace("fileName=x&", "")))).isNotEmpty();
        assertThat(problems(file("a.camel.yaml", archive))).isNotEmpty();
    }

    @Test
    void findsAllThatIsWrongAtOnceAndSaysWhere() throws IOException {
        Path bad = file("bad.camel.yaml", BAD);

        List<Problem> problems = problems(bad, file("good.camel.yaml", GOOD));

        assertThat(problems).allSatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(bad.toString());
            assertThat(problem.line()).isPositive();
            assertThat(problem.route()).isEqualTo("bad");
        });
        assertThat(problems).extracting(Problem::endpoint, Problem::option, Problem::line).contains(
                tuple("timer:night", "period", 7),
                tuple("dump:pgdump", "dsn", 13),
                tuple("dump:mysqldump", "dsn", 18),
                tuple("dump:mysqldump", "colour", 19),
                tuple("dump:mysqldump", "dsn", 20),
                tuple("dump:mysqldump", "compresion", 32),
                tuple("nonsense:x", null, 34));
        assertThat(problems).extracting(Problem::toString).noneMatch(text -> text.contains("s3cret"))
                .anyMatch(text -> text.contains("missing.dsn") && text.contains("MISSING_DSN"))
                .anyMatch(text -> text.contains("no Camel component 'nonsense'"));
    }

    @Test
    void findsRoutesWithoutAnIdOrWithATakenOne() throws IOException {
        Path one = file("one.camel.yaml", GOOD);
        Path two = file("two.camel.yaml", GOOD);
        Path three = file("three.camel.yaml", GOOD.replace("    id: good\n", ""));

        assertThat(problems(one, two, three)).extracting(Problem::toString)
                .anyMatch(text -> text.startsWith(two.toString()) && text.contains("taken by a route in " + one))
                .anyMatch(text -> text.startsWith(three.toString()) && text.contains("has no id"));
    }

    @Test
    void saysWhereAFileIsNoYaml() throws IOException {
        Path file = file("broken.camel.yaml", "- route:\n    id: x\n   from: [\n");

        assertThat(problems(file)).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo(file.toString());
            assertThat(problem.line()).isPositive();
        });
    }

    @Test
    void findsAWrongKeywordOfTheRoute() throws IOException {
        Path file = file("word.camel.yaml", GOOD.replace("steps:", "stepps:"));

        assertThat(problems(file)).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("stepps"));
    }

    @Test
    void reportsAStepIdThatAnotherFileHas() throws Exception {
        Path shop = route("shop", """
                        - setBody:
                            id: work
                            constant: x
                """);
        Path orders = route("orders", """
                        - setBody:
                            id: work
                            constant: x
                """);
        assertThat(problems(shop, orders)).singleElement().asString()
                .startsWith(orders + ":8: route orders: the step id work is taken by " + shop + ":8;");
    }

    @Test
    void reportsExpressionsThatCamelDoesNotUnderstand() throws Exception {
        assertThat(problems(route("shop", """
                        - setBody:
                            simple: "${body.size ? 'a' : 'b'}"
                        - choice:
                            when:
                              - simple: "${body} ===> 'x'"
                                steps:
                                  - stop: {}
                """))).hasSize(2).allMatch(problem -> problem.message().contains("is not understood"));
    }

    @Test
    void looksIntoEveryBranchOfAChoice() throws Exception {
        assertThat(problems(route("shop", """
                        - choice:
                            when:
                              - simple: "${body} == 'x'"
                                steps:
                                  - to: "log:a?unheardOf=1"
                            otherwise:
                              steps:
                                - to: "log:b?unheardOf=1"
                """))).hasSize(2).extracting(Problem::option).containsOnly("unheardOf");
    }

    @Test
    void findsNothingWrongWithGoodSteps() throws Exception {
        assertThat(problems(route("shop", """
                        - setBody:
                            simple: "${date:now:yyyy}"
                        - choice:
                            when:
                              - simple: "'' != ''"
                                steps:
                                  - log: "${body}"
                """))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"20ms, 0", "1s500ms, 0", "PT5M, 0", "1w, 1", "20MS, 1", "1.5s, 1"})
    void takesADurationThatCamelTakes(String duration, int problems) throws IOException {
        assertThat(problems(file("a.camel.yaml", GOOD.replace("1h", duration).replace("dsn:", "timeout: " + duration
                + "\n              dsn:")))).hasSize(2 * problems);
    }

    @ParameterizedTest
    @CsvSource({"30 2 * * *, , cron, six or seven fields", "0 0 0 30 2 ?, , cron, never due",
            "0 0 0 1 1 ? 2020, , cron, never due", "0 30 2 * * ?, Europe/Berln, trigger.timeZone, is not known",
            "0 30 2 * * ?, europe/berlin, trigger.timeZone, is not known"})
    void refusesASchedule(String cron, String zone, String option, String why) throws IOException {
        Path file = file("good.camel.yaml", GOOD.replace("uri: timer", "uri: quartz").replace(
                "timerName: night", "groupName: a\n        triggerName: b")
                .replace("period: 1h", "cron: \"" + cron + "\""
                        + (zone == null ? "" : "\n        trigger.timeZone: " + zone)));

        assertThat(problems(file)).singleElement().satisfies(problem -> {
            assertThat(problem.option()).isEqualTo(option);
            assertThat(problem.line()).isPositive();
            assertThat(problem.message()).contains(why);
        });
    }

    @Test
    void refusesAFileWhoseRouteHasNoDash() throws IOException {
        Path file = file("dashless.camel.yaml", "# a job\n" + GOOD.replaceFirst("- route", "  route").indent(-2));

        assertThat(problems(file)).singleElement().asString()
                .startsWith(file + ":2: ").contains("write '- route:'");
    }

    @ParameterizedTest
    @CsvSource({"io.onedump.NoSuch, 'handled: {constant: true}', no exception class",
            "java.lang.Exception, redeliveryPolicyRef: nobody, is not configured",
            "java.lang.Exception, 'handled: {constant: true}, redeliveryPolicyRef: nobody', there is no bean nobody"})
    void refusesAnErrorHandlerThatWouldKeepEveryRouteFromStarting(String exception, String handler, String why)
            throws IOException {
        Path file =
                file("errors.camel.yaml", "- routeConfiguration:\n    onException:\n      - onException: {exception: ["
                        + exception + "], " + handler + "}\n");

        assertThat(problems(file)).isNotEmpty().anyMatch(problem -> problem.message().contains(why))
                .allMatch(problem -> problem.line() == 3);
    }

    /** What Camel would take and then do something else, or refuse only when it starts. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"timer:a?period=0; without any pause", "timer:a?period=-5; without any pause",
            "scheduler:a?delay=0; without any pause", "timer:a?period=1h&repeatCount=-1; must not be negative",
            "timer:a?period=1h&delay=-5; must not be negative", "quartz:a/b?trigger.repeatInterval=often; milliseconds",
            "quartz:a/b?cron=0+0+3+*+*+?&trigger.timezone=UTC; did you mean trigger.timeZone?"})
    void refusesAnIntervalOrTriggerThatIsNone(String input, String why) throws IOException {
        Path file = file("input.camel.yaml", "- route:\n    id: shop\n    from:\n      uri: \"" + input
                + "\"\n      steps:\n        - log: x\n");

        assertThat(problems(file)).singleElement().asString().contains(why).startsWith(file + ":4: ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {"bean: {ref: nobody}; nobody",
            "bean: {beanType: io.onedump.No}; there is no class",
            "setHeader: {constant: x}; headerName",
            "multicast: {parallelProcessing: maybe, steps: [{log: x}]}; Boolean",
            "doTry: {steps: [{log: x}], doCatch: [{exception: [java.lang.No], steps: [{log: x}]}]}; java.lang.No",
            "log: \"${exchangeProprty.x}\"; did you mean exchangeProperty?",
            "log: \"${heder.x}\"; Unknown function: heder",
            "to: direct:nobody; no route begins with direct:nobody",
            "to: {uri: log, parameters: {loggerName: x, level: INFOO}}; did you mean INFO?",
            "to: {uri: dump, parameters: {dumper: pgdump, dsn: \"postgres://u@db/x\", stallTimeout: 5x}}; a duration",
            "to: {uri: dump, parameters: {dumper: mysqldump, dsn: \"mysql://u@db/x?usessl=maybe\"}}; true or false",
            "to: {uri: storage, parameters: {delegate: \"file:/x\", keepLast: -1}}; option keepLast",
            "to: {uri: sync, parameters: {source: a, storage: \"file:/x\", maxDelete: 150%}}; option maxDelete",
            "to: {uri: storage, parameters: {delegate: \"file:/x\", path: a, path: b}}; stands here twice"})
    void refusesAStepThatServeWouldRefuseOrReadOtherwise(String step, String why) throws IOException {
        assertThat(problems(route("shop", "        - " + step + "\n"))).singleElement().asString().contains(why);
    }

    @Test
    void saysWhereAMistakeIsWithABomCarriageReturnsAndEmptyLines() throws IOException {
        String text = "\uFEFF" + GOOD.replace("{{good.password}}", "x").replace("delegate: file:/var/backups",
                "delegate: file:/var/backups\n\n              # how many\n              keepLst: 3")
                .replace("\n", "\r\n");

        assertThat(problems(file("good.camel.yaml", text))).singleElement()
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(20));
    }

    @Test
    void refusesARedeliveryPolicyWhoseValueIsNoNumber() throws IOException {
        Path file =
                file("errors.camel.yaml", "- routeConfiguration:\n    onException:\n      - onException: {exception: "
                        + "[java.lang.Exception], redeliveryPolicy: {maximumRedeliveries: many}}\n");

        assertThat(problems(file)).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("many"));
    }

    @Test
    void refusesAStepOutsideOfARoute() throws IOException {
        Path file = file("good.camel.yaml", GOOD + "- to:\n    uri: log:x\n");

        assertThat(problems(file)).singleElement().asString().startsWith(file + ":18: 'to' is no part of a route");
    }

    @Test
    void refusesAMisspeltFunctionInANameAPathAndAMessage() throws IOException {
        assertThat(problems(route("shop", """
                        - to: "dump:mysqldump?dsn=mysql://db/shop&fileName=shop-${dat:now:yyyy}.sql"
                        - to: "storage:file:/srv?path=${dat:now:yyyy}"
                        - log: "${dat:now:yyyy}"
                """))).hasSize(3).allMatch(problem -> problem.message().contains("is not understood"))
                .extracting(Problem::option).contains("fileName", "path");
    }

    @Test
    void aStepWithoutItsPathHidesNothing() throws IOException {
        Path file = file("good.camel.yaml", GOOD.replace("{{good.password}}", "x").replace(
                "delegate: file:/var/backups", "keepLst: 2\n              fileName: \"${dat:now}\"")
                + """
                            - to:
                                uri: checksum
                                parameters:
                                  algorithm: sha257
                            - too: "log:x"
                            - to: "slak:x"
                            - to:
                                uri: dump
                                paramters:
                                  dumper: mysqldump
                        """.indent(4));

        List<Problem> problems = problems(file);

        assertThat(problems).extracting(Problem::line, Problem::endpoint, Problem::option).contains(
                tuple(15, "storage", "delegate"), tuple(17, "storage", "keepLst"), tuple(18, "storage", "fileName"),
                tuple(22, "checksum:sha257", "algorithm"), tuple(23, null, null), tuple(24, "slak:x", null),
                tuple(28, null, null));
        assertThat(problems).extracting(Problem::message)
                .anyMatch(text -> text.contains("did you mean keepLast?"))
                .anyMatch(text -> text.contains("did you mean sha256?"))
                .anyMatch(text -> text.contains("did you mean to?"))
                .anyMatch(text -> text.contains("did you mean slack?"))
                .anyMatch(text -> text.contains("did you mean parameters?"));
    }

    @ParameterizedTest
    @CsvSource({"quartz:a/b, cron", "quartz:a/b?cron=0+0+2+*+*+?&trigger.misfireInstruction=9, misfire",
            "quartz:a/b?cron=0+0+2+*+*+?&trigger.startAt=tomorrow, startAt", "timer:a?time=tomorrow, time",
            "quartz:a/b?cron=0+0+2+*+*+?&customCalendar=#none, none", "file:/srv?include=[(, Unclosed"})
    void refusesAnInputThatServeWouldRefuse(String input, String why) throws IOException {
        Path file = file("input.camel.yaml", """
                - route:
                    id: shop
                    from:
                      uri: "%s"
                      steps:
                        - log: x
                """.formatted(input));

        assertThat(problems(file)).singleElement().asString().contains(why).startsWith(file + ":4: ");
    }

    @ParameterizedTest
    @CsvSource({"${date:now:yyyyMMbb}, Illegal pattern character", "${date:nwo:yyyy}, did you mean now?",
            "${date-with-timezone:now:Europe/Berln:yyyy}, 'Europe/Berln' is not known"})
    void refusesADateThatCannotBeWritten(String date, String why) throws IOException {
        assertThat(problems(route("shop", """
                        - to: "dump:mysqldump?dsn=mysql://db/shop&fileName=shop-DATE.sql"
                        - log: "DATE"
                """.replace("DATE", date)))).hasSize(2).allMatch(problem -> problem.message().contains(why));
    }

    @ParameterizedTest
    @CsvSource({"smtp:x, camel-mail", "imaps:x, camel-mail", "mailto:x, camel-mail", "https:x, camel-http",
            "cxf:x, camel-cxf-soap", "unheardof:x, check the spelling", "kafka:x, camel-kafka",
            "azure-files:x, camel-azure-files", "nats:x, camel-nats", "webdav:x, check the spelling",
            "davs:x, check the spelling", "mega:x, check the spelling", "sdea:x, did you mean seda?"})
    void namesTheJarOfAMissingComponent(String uri, String jar) throws IOException {
        assertThat(problems(route("shop", "        - to: \"" + uri + "\"\n"))).singleElement().asString()
                .contains(jar);
    }

    @ParameterizedTest
    @CsvSource({"#class:org.apache.camel.component.exec.impl.DefaultExecCommandExecutor, DefaultExecCommandExecutor is",
            "#bean:ours, is not safe"})
    void namesAnExecutorThatIsNotSafe(String executor, String problem) throws IOException {
        context.getRegistry().bind("ours", (ExecCommandExecutor) command -> null);

        assertThat(problems(route("shop", "        - to: \"exec:date?commandExecutor=" + executor + "\"")))
                .singleElement().satisfies(found -> {
                    assertThat(found.option()).isEqualTo("commandExecutor");
                    assertThat(found.message()).contains(problem).contains("leave the option out");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?commandExecutor=#artifact"})
    void findsNothingWrongWithASafeExecutor(String executor) throws IOException {
        context.getRegistry().bind("artifact", new ArtifactExecutor());

        assertThat(problems(route("shop", "        - to: \"exec:date" + executor + "\""))).isEmpty();
    }

    @Test
    void startsNothing() throws IOException {
        problems(file("good.camel.yaml", GOOD), file("bad.camel.yaml", BAD));

        assertThat(context.getRoutes()).isEmpty();
        assertThat(context.isStarted()).isFalse();
    }

    private Path route(String id, String steps) throws IOException {
        return Files.writeString(folder.resolve(id + ".camel.yaml"), """
                - route:
                    id: %s
                    from:
                      uri: direct
                      parameters:
                        name: %s
                      steps:
                """.formatted(id, id) + steps);
    }

    private Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private List<Problem> problems(Path... files) {
        return problems(Stream.of(files).map(RouteFile::read).toList());
    }

    private List<Problem> problems(List<RouteFile> files) {
        Properties properties = new Properties();
        properties.setProperty("good.password", "s3cret");
        context.getPropertiesComponent().setInitialProperties(properties);
        context.init();
        return new RouteCheck(context, route -> true).problems(files);
    }
}
