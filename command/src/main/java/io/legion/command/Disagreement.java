package io.legion.command;

import io.legion.command.Look.Seen;
import io.legion.command.asking.Picture;
import io.legion.command.client.ReplyPart;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Where the pictures of several nodes differ.
///
/// @param pictures what was seen by nodes that take part in their cluster
record Disagreement(List<Seen> pictures) {
    /// A node that is kept out for its release sees nothing of its cluster: its picture differs, and a problem
    /// says why.
    static Disagreement of(List<Seen> seen) {
        return new Disagreement(
                seen.stream().filter(one -> !isKeptOut(one.picture())).toList());
    }

    private static boolean isKeptOut(Picture picture) {
        return picture.problems().stream()
                .anyMatch(problem -> problem.text("cause").equals("RELEASE_UNFIT")
                        && problem.texts("nodes").contains(picture.self()));
    }

    /// What is the same problem in two pictures: its words may have numbers that differ.
    record Same(String cause, List<String> nodes) {
        static Same of(ReplyPart problem) {
            return new Same(
                    problem.text("cause"),
                    problem.texts("nodes").stream().sorted().toList());
        }
    }

    /// One sentence for each difference.
    List<String> sentences() {
        var sentences = new ArrayList<String>();
        sentences.addAll(clusters());
        sentences.addAll(problems());
        sentences.addAll(nodes());
        return sentences;
    }

    private List<String> clusters() {
        var seen = valuesOf(picture ->
                picture.root().part("cluster").map(it -> it.text("id")).orElse("?"));
        return seen.size() < 2
                ? List.of()
                : List.of("These addresses belong to different clusters: " + listed(seen) + ".");
    }

    private List<String> problems() {
        var where = new LinkedHashMap<Same, Set<URI>>();
        var words = new LinkedHashMap<Same, String>();
        for (var seen : pictures) {
            for (var problem : seen.picture().problems()) {
                where.computeIfAbsent(Same.of(problem), _ -> new LinkedHashSet<>())
                        .add(seen.server());
                words.putIfAbsent(Same.of(problem), problem.text("what"));
            }
        }
        return where.entrySet().stream()
                .filter(entry -> entry.getValue().size() < pictures.size())
                .map(entry -> "Only " + saying(entry.getValue()) + ": " + words.get(entry.getKey()))
                .toList();
    }

    private List<String> nodes() {
        var ids = pictures.stream()
                .flatMap(seen -> seen.picture().names().nodes().stream())
                .map(node -> node.text("node"))
                .distinct()
                .toList();
        var sentences = new ArrayList<String>();
        for (var id : ids) {
            var states = valuesOf(picture -> state(picture, id));
            if (states.size() > 1) {
                sentences.add("The node " + id + " is " + listed(states) + ".");
            }
        }
        return sentences;
    }

    private static String state(Picture picture, String id) {
        return picture.names().nodes().stream()
                .filter(node -> node.text("node").equals(id))
                .findFirst()
                .map(Picture::state)
                .orElse("not a member");
    }

    /// Each value, and where it was seen.
    private Map<String, List<URI>> valuesOf(Function<Picture, String> value) {
        return pictures.stream()
                .collect(Collectors.groupingBy(
                        seen -> value.apply(seen.picture()),
                        TreeMap::new,
                        Collectors.mapping(Seen::server, Collectors.toList())));
    }

    private static String listed(Map<String, List<URI>> values) {
        return values.entrySet().stream()
                .map(value -> value.getKey() + " (as " + saying(value.getValue()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String saying(Collection<URI> servers) {
        return servers.stream().map(URI::toString).collect(Collectors.joining(" and "))
                + (servers.size() == 1 ? " says" : " say");
    }
}
