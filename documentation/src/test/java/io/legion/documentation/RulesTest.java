package io.legion.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each rule of `design/protocol.md` is carried out at a place of the code that says so, and tested by a test that says
/// so; each rule that is marked (!) has a planted mistake or a model that shows why it is needed.
final class RulesTest {
    private static final String MUTANTS = "simulation/mutants";

    /// The modules whose code carries out the rules.
    private static final List<String> PRODUCT =
            List.of("core", "service", "runtime", "store-rocksdb", "cluster-jgroups");

    private static final Pattern CITED = Pattern.compile("\\b([RI]\\d+)([a-z]?)\\b");
    private static final Pattern RANGE = Pattern.compile("\\b[RI]\\d+[a-z]? (?:to|-|–) [RI]?\\d+\\b");
    private static final Pattern NAMED_AFTER = Pattern.compile("void (r(\\d+)[A-Z]\\w*)\\(");
    private static final Pattern HEADER = Pattern.compile("^# (Rule|Seen by): (.*)$", Pattern.MULTILINE);
    private static final Pattern NAMED_TEST = Pattern.compile("`([A-Z]\\w*Test)#(\\w+)`");

    private final NumberedRules numbered = NumberedRules.read(ProjectTexts.ROOT.resolve("design"));
    private final Map<Path, String> main = ProjectTexts.ofModules("src/main/java", ".java");
    private final Map<Path, String> tests = ProjectTexts.ofModules("src/test/java", ".java");

    RulesTest() throws IOException {}

    @Test
    void thereAreRulesAndInvariants() {
        assertThat(numbered.rules()).hasSizeGreaterThan(70);
        assertThat(numbered.needed()).hasSizeGreaterThan(12);
        assertThat(numbered.invariants()).hasSize(13);
    }

    @Test
    void everyRuleHasAHome() {
        var homes = new TreeSet<String>();
        main.forEach((file, source) -> {
            if (PRODUCT.contains(file.getName(0).toString())) {
                SourceComment.in(source).forEach(comment -> homes.addAll(comment.beginsWith()));
            }
        });
        assertThat(without(numbered.rules().keySet(), homes))
                .as(
                        "rules that nothing in the main code of %s carries out: let the comment (///) of the method or class "
                                + "that does begin with the rule's number, \"R19: ...\"",
                        PRODUCT)
                .isEmpty();
    }

    @Test
    void everyRuleHasATest() {
        var tested = new TreeSet<String>();
        tests.values().stream()
                .filter(source -> source.contains("@Test") || source.contains("@ParameterizedTest"))
                .flatMap(source -> SourceComment.in(source).stream())
                .filter(comment -> comment.isOfTest() || comment.isOfType())
                .forEach(comment -> tested.addAll(comment.beginsWith()));
        assertThat(without(numbered.rules().keySet(), tested))
                .as("rules that no test claims to test: let the comment (///) of the test, or of its class, begin with "
                        + "the rule's number, \"R19: ...\"")
                .isEmpty();
    }

    @Test
    void everyTestThatIsNamedAfterARuleSaysItsNumber() {
        var silent = new TreeSet<String>();
        tests.forEach((file, source) -> {
            var comments = SourceComment.in(source);
            NAMED_AFTER.matcher(source).results().forEach(test -> {
                boolean says = comments.stream()
                        .filter(comment -> comment.isOfType() || comment.isOfMethod(test.group(1)))
                        .anyMatch(comment -> comment.beginsWith().contains("R" + test.group(2)));
                if (!says) {
                    silent.add(file.getFileName() + "#" + test.group(1));
                }
            });
        });
        assertThat(silent)
                .as("tests named after a rule whose comment (///) does not begin with the rule's number")
                .isEmpty();
    }

    @Test
    void everyInvariantHasAChecker() {
        var checked = new TreeSet<String>();
        main.forEach((file, source) -> {
            if (file.startsWith("simulation")) {
                SourceComment.in(source).stream()
                        .filter(SourceComment::isOfType)
                        .forEach(comment -> checked.addAll(comment.beginsWith()));
            }
        });
        assertThat(without(numbered.invariants(), checked))
                .as("invariants of design/invariants.md that no class of the simulation checks, its comment beginning "
                        + "with the number, \"I4: ...\"")
                .isEmpty();
    }

    @Test
    void everyNumberThatIsCitedExistsAndNoneHidesInARange() throws IOException {
        var wrong = new TreeSet<String>();
        var texts = new TreeMap<>(main);
        texts.putAll(tests);
        texts.putAll(ProjectTexts.ofModules("src/test/resources", ".tla"));
        texts.forEach((file, text) -> RANGE.matcher(text)
                .results()
                .forEach(range -> wrong.add(file + ": " + range.group() + " (name each)")));
        texts.putAll(ProjectTexts.in(List.of("", "docs", "design", MUTANTS), ".md"));
        texts.forEach((file, text) -> CITED.matcher(text)
                .results()
                .filter(cited -> !numbered.has(cited.group(1), cited.group(2)))
                .forEach(cited -> wrong.add(file + ": " + cited.group())));
        assertThat(wrong)
                .as("rules and invariants that are cited, and are not in design/protocol.md or design/invariants.md")
                .isEmpty();
    }

    @Test
    void everyRuleThatIsNeededHasAMutantOrAModelThatFailsWithoutIt() throws IOException {
        var shown = new TreeSet<String>();
        tests.entrySet().stream()
                .filter(file -> file.getKey().endsWith("EveryRuleIsNeededTest.java"))
                .flatMap(file -> SourceComment.in(file.getValue()).stream())
                .filter(SourceComment::isOfTest)
                .forEach(comment -> shown.addAll(comment.beginsWith()));
        for (var mutant : mutants().values()) {
            shown.addAll(numbers(mutant.get("Rule")));
        }
        assertThat(without(numbered.needed(), shown))
                .as("rules marked (!) without a mutant in simulation/mutants and without a test of the model")
                .isEmpty();
    }

    @Test
    void everyMutantNamesItsRulesAsTheProtocolDoes() throws IOException {
        var wrong = new TreeMap<String, String>();
        var readme = Files.readString(ProjectTexts.ROOT.resolve(MUTANTS, "README.md"));
        mutants().forEach((name, mutant) -> {
            var rule = mutant.get("Rule");
            for (var each : rule.split(", ")) {
                var number = each.replace(" (!)", "");
                boolean known = numbered.has(number, "") || number.equals("determinism");
                if (!known || each.endsWith("(!)") != numbered.needed().contains(number)) {
                    wrong.put(name, each);
                }
            }
            if (!readme.contains("| `" + name + "` | " + rule + " |") && !readme.contains("- `" + name + "` (")) {
                wrong.put(name, "not in README.md, or with other rules");
            }
        });
        assertThat(wrong)
                .as("mutants whose header names no rule, or has (!) where the protocol has not, or the other way round")
                .isEmpty();
    }

    @Test
    void everyMutantThatTheSimulationCanNotSeeNamesATestThatDoes() throws IOException {
        var unseen = new TreeSet<String>();
        var readme = Files.readString(ProjectTexts.ROOT.resolve(MUTANTS, "README.md"));
        mutants().forEach((name, mutant) -> {
            if (mutant.get("Seen by").startsWith("nobody") && !namesATest(entry(readme, name))) {
                unseen.add(name);
            }
        });
        assertThat(unseen)
                .as("mutants that nobody sees, and whose entry in simulation/mutants/README.md names no test, "
                        + "`SomeTest#method`, that fails with them")
                .isEmpty();
    }

    /// What the list of the README says of a mutant; empty if nothing.
    private static String entry(String readme, String mutant) {
        var entry = Pattern.compile("^- `" + mutant + "` (.*?)(?=^- |^$)", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(readme);
        return entry.find() ? entry.group(1) : "";
    }

    private boolean namesATest(String entry) {
        var named = NAMED_TEST.matcher(entry).results().toList();
        return !named.isEmpty() && named.stream().allMatch(this::exists);
    }

    private boolean exists(MatchResult test) {
        return tests.entrySet().stream()
                .anyMatch(file -> file.getKey().endsWith(test.group(1) + ".java")
                        && file.getValue().contains("void " + test.group(2) + "("));
    }

    /// The headers of all patches, by the names of these.
    private static Map<String, Map<String, String>> mutants() throws IOException {
        var mutants = new TreeMap<String, Map<String, String>>();
        ProjectTexts.in(List.of(MUTANTS), ".patch").forEach((file, patch) -> {
            var header = HEADER.matcher(patch)
                    .results()
                    .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
            mutants.put(file.getFileName().toString().replace(".patch", ""), header);
        });
        return mutants;
    }

    private static Set<String> numbers(String text) {
        return CITED.matcher(text).results().map(cited -> cited.group(1)).collect(Collectors.toSet());
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        var rest = new TreeSet<>(all);
        rest.removeAll(some);
        return rest;
    }
}
