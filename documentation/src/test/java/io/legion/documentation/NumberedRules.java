package io.legion.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The rules of `design/protocol.md` with the letters of their clauses, and the invariants of `design/invariants.md`.
///
/// @param rules the clauses of each rule, by its number: `R43` has `a` to `h`
/// @param needed the rules that are marked (!)
/// @param invariants such as `I6`
record NumberedRules(SortedMap<String, Set<String>> rules, Set<String> needed, Set<String> invariants) {
    private static final Pattern RULE =
            Pattern.compile("^- \\*\\*(R\\d+) ([^*]*)\\*\\*(.*?)(?=^- \\*\\*R|^#)", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CLAUSE = Pattern.compile("^ +- \\(([a-z])\\)", Pattern.MULTILINE);
    private static final Pattern INVARIANT = Pattern.compile("^\\| (I\\d+) \\| `", Pattern.MULTILINE);

    static NumberedRules read(Path design) throws IOException {
        var rules = new TreeMap<String, Set<String>>();
        var needed = new TreeSet<String>();
        var protocol = RULE.matcher(Files.readString(design.resolve("protocol.md")));
        while (protocol.find()) {
            var clauses = new TreeSet<String>();
            CLAUSE.matcher(protocol.group(3)).results().forEach(clause -> clauses.add(clause.group(1)));
            rules.put(protocol.group(1), clauses);
            if (protocol.group(2).contains("(!)")) {
                needed.add(protocol.group(1));
            }
        }
        var invariants = new TreeSet<String>();
        INVARIANT
                .matcher(Files.readString(design.resolve("invariants.md")))
                .results()
                .forEach(row -> invariants.add(row.group(1)));
        return new NumberedRules(rules, needed, invariants);
    }

    /// True if there is a rule or an invariant of this number, with this clause if it names one: `R43h`.
    boolean has(String number, String clause) {
        var clauses = rules.getOrDefault(number, Set.of());
        return clause.isEmpty() ? rules.containsKey(number) || invariants.contains(number) : clauses.contains(clause);
    }
}
