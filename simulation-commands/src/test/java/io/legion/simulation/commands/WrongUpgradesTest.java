package io.legion.simulation.commands;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.PartitionType;
import io.legion.service.RecordingLogger;
import io.legion.simulation.shapes.ShapeReport;
import io.legion.simulation.shapes.Shapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the shapes in a build say of releases that do not fit the one before, and of those that do.
final class WrongUpgradesTest {
    private static final Release FIRST = Release.first().version("");

    private static final String NEW_FIELD = "List<Address> addresses, @Since(2) int bonus";
    private static final String SECOND = ".version(2)";

    @TempDir
    private Path directory;

    private int releases;

    @BeforeEach
    void keepTheFirstRelease() {
        assertThat(look(FIRST).written()).containsExactly(file("account", 1), file("stock", 1));
    }

    private Path file(String type, int version) {
        return directory.resolve("shapes").resolve(type).resolve(version + ".shape");
    }

    private ShapeReport look(Release release) {
        return look(release.types(directory.resolve("classes-" + releases++)));
    }

    private ShapeReport look(List<PartitionType<?>> types) {
        return Shapes.in(directory.resolve("shapes"), RecordingLogger.open())
                .writing(true)
                .compare(types);
    }

    /// The only thing that the shapes say of a release; nothing was written then.
    private String problem(Release release) {
        var report = look(release);
        assertThat(report.written()).isEmpty();
        assertThat(report.problems()).hasSize(1);
        return report.problems().getFirst();
    }

    /// With the new field, which needs a constructor of the old components.
    private static Release secondRelease() {
        return Release.first()
                .with("List<Address> addresses)", NEW_FIELD + ")")
                .with("state.addresses()", "state.addresses(), state.bonus()")
                .with("Kind.PRIVATE, List.of())", "Kind.PRIVATE, List.of(), 0)")
                .with("PRIVATE,\n", "PRIVATE, @Since(2) CLUB,\n");
    }

    private static Release thirdRelease() {
        return secondRelease().with("// more events", """
                @Since(3)
                record Greet(String text) implements AccountEvent<Greeting> {
                    @Override
                    public Applied<Account, Greeting> apply(Account state, EventContext context) {
                        return Applied.of(state, new Greeting(text));
                    }
                }

                record Greeting(String text) {}
                """);
    }

    @Test
    void aGoodReleaseGetsItsFileAndIsFineFromThenOn() {
        assertThat(look(FIRST)).isEqualTo(new ShapeReport(List.of(), List.of(), List.of(), 2));
        assertThat(look(secondRelease().version(SECOND)).written()).containsExactly(file("account", 2));
        var third = thirdRelease()
                .version(".version(3).index((state, version) -> version < 3 ? Set.of() :"
                        + " Set.of(Tag.of(\"owner\", state.owner())))");
        assertThat(look(third).written()).containsExactly(file("account", 3));
        assertThat(look(third)).isEqualTo(new ShapeReport(List.of(), List.of(), List.of(), 4));
        var later = thirdRelease()
                .version(".version(3).minimumVersion(3).index(state -> Set.of(Tag.of(\"owner\", state.owner())))");
        assertThat(look(later)).isEqualTo(new ShapeReport(List.of(), List.of(), List.of(), 4));
    }

    @Test
    void whatBytesDoNotShowMayChange() {
        var release = FIRST.with("Address", "Place")
                .with("Stock", "Depot")
                .with("Take", "Pick")
                .with("record Place(String city)", "record Place(Optional<String> city)")
                .with("long cents, String owner, Kind kind", "String owner, long cents, Kind kind")
                .with(
                        "new Account(state.cents() + cents, state.owner(),",
                        "new Account(state.owner(), state.cents() + cents,")
                .with("new Account(0, \"nobody\",", "new Account(\"nobody\", 0,");
        assertThat(look(release)).isEqualTo(new ShapeReport(List.of(), List.of(), List.of(), 2));
    }

    @Test
    void aFieldRemoved() {
        var release = FIRST.with("String owner, ", "")
                .with("owner = owner == null ? \"nobody\" : owner;", "")
                .with("state.owner(), ", "")
                .with("\"nobody\", ", "");
        assertThat(problem(release)).isEqualTo("""
                The type 'account': the component Account.owner (string?) is gone, in version 1.
                  Why it matters: nodes of older releases write it and compare their states with it: nodes would diverge, \
                and what is stored in it would be lost.
                  What to do: put it back; the code need not look at it. If it was renamed, @WireName("owner") on its new \
                name keeps its bytes. If no release with version 1 runs anywhere yet, delete its file, and run this again.\
                """);
    }

    @Test
    void aFieldRenamedWithoutItsOldName() {
        assertThat(problem(FIRST.with("record Address(String city)", "record Address(String town)")))
                .contains("the component Address.city (string?) is gone, and town is new, in version 1")
                .contains("if it was renamed, mark town @WireName(\"city\")");
    }

    @Test
    void aFieldRenamedWithItsOldNameFits() {
        assertThat(look(FIRST.with("record Address(String city)", "record Address(@WireName(\"city\") String town)"))
                        .problems())
                .isEmpty();
    }

    @Test
    void aFieldOfAnEventRetyped() {
        assertThat(problem(FIRST.with("record PayIn(long cents)", "record PayIn(int cents)")))
                .contains("PayIn.cents was int64 and is int32, in version 1")
                .contains("put a new component beside it, marked @Since(2), and let the type say version(2)");
    }

    @Test
    void aFieldRetypedBelowTheLeastVersionThatTheReleaseRuns() {
        assertThat(look(secondRelease().version(SECOND)).problems()).isEmpty();
        var release = secondRelease().with("String city", "int city").version(".version(2).minimumVersion(2)");
        assertThat(look(release).text())
                .contains("Address.city was string? and is int32, in version 2")
                .contains(
                        "in its state, Account.addresses.city is string there and int32 here (there is version 1, here are"
                                + " the present classes), in version 1");
    }

    @Test
    void aFieldAddedWithoutAVersion() {
        var release = secondRelease().with("@Since(2) int bonus", "int bonus").with("@Since(2) CLUB,", "");
        assertThat(problem(release.version("")))
                .contains("the component Account.bonus (int32) is new, in version 1")
                .contains("the same state would have other bytes there, and the nodes would diverge")
                .contains("mark it @Since(2), and let the type say version(2)");
        assertThat(problem(release.version(SECOND))).contains("What to do: mark it @Since(2).");
    }

    @Test
    void aFieldWithADefaultAddedWithoutAVersionIsOneProblem() {
        var release = secondRelease()
                .with("@Since(2) int bonus", "int bonus")
                .with("@Since(2) CLUB,", "")
                .with("\"nobody\" : owner;", "\"nobody\" : owner; bonus = bonus == 0 ? 5 : bonus;");
        assertThat(problem(release.version("")))
                .contains("the component Account.bonus (int32) is new, in version 1")
                .contains("mark it @Since(2), and let the type say version(2)");
        assertThat(look(release.with("int bonus)", "@Since(2) int bonus)").version(SECOND))
                        .problems())
                .isEmpty();
    }

    @Test
    void aFieldMarkedThatWasThere() {
        var release = FIRST.with("record Address(String city)", "record Address(@Since(2) String city)");
        assertThat(problem(release.with(".events(AccountEvent.class)", ".events(AccountEvent.class).version(2)")))
                .contains(
                        "the component Address.city is marked @Since, and was there before that version, in version 1")
                .contains("take the mark away");
    }

    @Test
    void aConstantRenamed() {
        assertThat(problem(FIRST.with("COMPANY", "BUSINESS")))
                .contains("the constant COMPANY of Kind is gone, and BUSINESS is new, in version 1")
                .contains("mark BUSINESS @WireName(\"COMPANY\")");
    }

    @Test
    void aConstantAddedWithoutAVersion() {
        assertThat(problem(FIRST.with("PRIVATE,\n", "PRIVATE, CLUB,\n")))
                .contains("the constant CLUB of Kind is new, in version 1")
                .contains("a shard that meets it there would stop")
                .contains("mark it @Since(2), and let the type say version(2)");
    }

    @Test
    void anEventRemoved() {
        var release = FIRST.with(
                "record Close() implements AccountEvent<Done>", "record Close() implements Event<Account, Done>");
        assertThat(problem(release))
                .contains("the alternative Close of AccountEvent is gone, in version 1")
                .contains("a shard that meets it could not read it, and would stop")
                .contains("@WireName(\"Close\") on its new name keeps its bytes");
    }

    @Test
    void anEventAddedWithoutAVersion() {
        assertThat(problem(thirdRelease().with("@Since(3)\n", "").version(SECOND)))
                .contains("the alternative Greet of AccountEvent is new, in version 1")
                .contains("mark the record @Since(2).");
    }

    @Test
    void anOutputRetyped() {
        var release = FIRST.with("Event<Stock, Integer>", "Event<Stock, Long>")
                .with("Applied<Stock, Integer>", "Applied<Stock, Long>")
                .with("- pieces), pieces)", "- pieces), (long) pieces)");
        assertThat(problem(release))
                .contains("The type 'stock': the output of the event was int32 and is int64, in version 1")
                .contains("let a new event that is marked @Since(2) give the new output");
    }

    @Test
    void aDefaultChanged() {
        assertThat(problem(FIRST.with("owner == null ? \"nobody\"", "owner == null ? \"anonymous\"")))
                .contains("the record Account of which the bytes say nothing was {\"owner\":\"nobody\"} and is"
                        + " {\"owner\":\"anonymous\"}, in version 1")
                .contains("another default belongs into an event that looks at context.version()");
    }

    @Test
    void aConstructorThatRefusesWhatItTook() {
        assertThat(problem(FIRST.with("owner = owner == null ? \"nobody\" : owner;", "Objects.requireNonNull(owner);")))
                .contains("was {\"owner\":\"nobody\"} and is refused by its constructor");
    }

    @Test
    void aConstructorThatIsNotPure() {
        var release = FIRST.with("? \"nobody\"", "? UUID.randomUUID().toString()");
        assertThat(problem(release)).contains("a sample: reading an empty Account gives something else each time");
    }

    @Test
    void anotherInitialState() {
        assertThat(problem(FIRST.with("new Stock(0)", "new Stock(10)")))
                .contains("the initial state was {} and is {\"pieces\":10}, in version 1")
                .contains("partitions that nobody has changed yet are at it");
    }

    @Test
    void anIndexFromOneDayToTheNext() {
        assertThat(problem(FIRST.with(
                        ".events(AccountEvent.class)", ".events(AccountEvent.class).index(state -> Set.of())")))
                .contains("the type has an index that it did not have, in version 1")
                .contains("let it begin with version 2: .index((state, version) -> version < 2 ? Set.of() : ...)");
    }

    @Test
    void typesThatSwappedTheirNames() {
        var release = FIRST.with("\"stock\"", "\"other\"")
                .with("\"account\"", "\"stock\"")
                .with("\"other\"", "\"account\"");
        assertThat(look(release).problems())
                .hasSize(2)
                .anySatisfy(
                        one -> assertThat(one)
                                .startsWith(
                                        "The type 'stock': it is what version 1 of the type 'account' is, and no longer what it was"))
                .anySatisfy(one -> assertThat(one)
                        .startsWith("The type 'account': it is what version 1 of the type 'stock' is")
                        .contains("give each type the name back that it had"));
    }

    @Test
    void aTypeRenamed() {
        assertThat(look(FIRST.with("\"account\"", "\"accounts\"")).text())
                .contains("The type 'accounts': it is what version 1 of the type 'account' is.")
                .contains("The type whose shapes are in " + directory.resolve("shapes/account") + " is gone.");
    }

    @Test
    void twoTypesOfTheSameClassesAreNoRenaming() {
        var types = new ArrayList<>(FIRST.types(directory.resolve("again")));
        types.addAll(FIRST.with("\"stock\"", "\"store\"")
                .types(directory.resolve("store"))
                .subList(1, 2));
        assertThat(look(types).written()).containsExactly(file("store", 1));
    }

    @Test
    void aVersionLowered() {
        assertThat(look(secondRelease().version(SECOND)).problems()).isEmpty();
        assertThat(problem(FIRST))
                .contains("the type says version(1), and version 2 is kept")
                .contains("delete the files of these versions");
    }

    @Test
    void aMinimumThatLetsNoClusterRise() {
        assertThat(problem(secondRelease().version(".version(2).minimumVersion(2)")))
                .contains("the release that brings version 2 runs none before 2, and the version before is 1")
                .contains("bring version 2 with minimumVersion(1) or less, and raise that with a later release");
    }

    @Test
    void aReleasedVersionThatGrowsOn() {
        assertThat(look(secondRelease().version(SECOND)).problems()).isEmpty();
        assertThat(problem(thirdRelease().with("@Since(3)", "@Since(2)").version(SECOND)))
                .contains("the alternative Greet of AccountEvent is new, in version 2")
                .contains("mark the record @Since(3), and let the type say version(3)")
                .contains("If no release with version 2 runs anywhere yet, delete its file, and run this again.");
    }

    @Test
    void logicThatChangedWithoutAVersion() {
        assertThat(problem(FIRST.with("state.cents() + cents", "state.cents() + 2 * cents")))
                .contains("a sample: PayIn on the state gave state {")
                .contains(
                        "context.version() is below 2, and the new thing from then on, and let the type say version(2)");
        var right = FIRST.with("state.cents() + cents", "state.cents() + (context.version() < 2 ? 1 : 2) * cents");
        assertThat(look(right.with(".events(AccountEvent.class)", ".events(AccountEvent.class).version(2)"))
                        .problems())
                .isEmpty();
    }

    private static Release indexedBy(String index) {
        return FIRST.with(
                ".named(\"stock\", new Stock(0)).events(Take.class)",
                ".named(\"stock\", new Stock(0)).events(Take.class)" + index);
    }

    @Test
    void anIndexThatChangedWithoutAVersion() {
        var first = directory.resolve("shapes/stock/1.shape");
        assertThat(first.toFile().delete()).isTrue();
        assertThat(look(indexedBy(".index(stock -> Set.of(Tag.of(\"pieces\", stock.pieces())))"))
                        .written())
                .containsExactly(first);
        assertThat(problem(indexedBy(".index(stock -> Set.of(Tag.of(\"number\", stock.pieces())))")))
                .contains(
                        "a sample: tags of the state gave [\"0x706965636573",
                        "] and gives [\"0x6e756d626572",
                        ", in version 1")
                .contains(".index((state, version) -> version < 2 ? ... : ...), and let the type say version(2)");
        assertThat(problem(indexedBy(".index(stock -> Set.of(Tag.of(\"pieces\", System.nanoTime())))")))
                .contains("a sample: tags of the state gives something else each time");
    }

    @Test
    void anIndexThatIsNewInEveryVersion() {
        assertThat(problem(indexedBy(".index((stock, version) -> Set.of(Tag.of(\"pieces\", stock.pieces())))")))
                .contains("the type has an index that it did not have, in version 1");
    }

    @Test
    void aConstructorThatMakesSomethingElse() {
        assertThat(problem(FIRST.with(
                        "record Stock(int pieces) {}", "record Stock(int pieces) { Stock { pieces *= 2; } }")))
                .contains("a sample: reading the state gave {\"pieces\":1} and gives {\"pieces\":2}");
    }

    @Test
    void aNumberThatMayBeNull() {
        assertThat(look(FIRST.with("record Stock(int pieces)", "record Stock(Integer pieces)"))
                        .text())
                .contains("Stock.pieces was int32 and is int32?, in version 1");
    }
}
