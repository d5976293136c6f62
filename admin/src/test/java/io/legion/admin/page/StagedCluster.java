package io.legion.admin.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A cluster that is not there, and what the admin service would say of it. A test changes it as it goes.
final class StagedCluster {
    private static final Map<Character, String> STATES = Map.of(
            'S',
            "SERVING",
            'W',
            "WAITING",
            'F',
            "FROZEN",
            'C',
            "COPYING",
            'N',
            "NO_MAJORITY",
            'D',
            "DIVERGENT",
            'X',
            "STOPPED",
            '?',
            "NOT_KNOWN");
    private static final int REPLICAS = 3;

    private final Instant started = Instant.now();
    private final StagedLoad load = new StagedLoad();
    private final List<StagedNode> nodes;
    private final char[] map;
    private final Map<Integer, String> reasons = new LinkedHashMap<>();
    private final List<Map<String, ?>> problems = new ArrayList<>();
    private final List<Map<String, ?>> overruled = new ArrayList<>();
    private final StagedTimeline timeline = new StagedTimeline();
    private final StagedIndex index = new StagedIndex();
    private final String name;
    private final StagedDemand demand = new StagedDemand();
    private final StagedVersions versions = new StagedVersions();
    private String key = "ORDERS";

    private StagedCluster(String name, int nodes, int shards) {
        this.name = name;
        this.nodes = IntStream.range(0, nodes).mapToObj(StagedNode::new).toList();
        this.map = new char[shards];
        Arrays.fill(map, 'S');
        this.nodes.forEach(node ->
                timeline.happened("NODE_JOINED", "Node " + node.id().substring(0, 8) + " is up.", node.id(), null));
    }

    static StagedCluster healthy(int nodes, int shards) {
        return new StagedCluster("demo", nodes, shards);
    }

    static StagedCluster named(String name) {
        return new StagedCluster(name, 3, 64);
    }

    String node(int number) {
        return nodes.get(number).id();
    }

    /// The key of the partitions that are found.
    synchronized void keyIs(String key) {
        this.key = key;
    }

    /// No node moves shards.
    synchronized void pausesRebalancing() {
        nodes.forEach(StagedNode::pausesRebalancing);
    }

    /// The service sees that something happens.
    synchronized void happens(String what) {
        timeline.happened("NODE_BACK", what, node(0), null);
    }

    /// A forced change has overruled a copy.
    ///
    /// @param complete whether it is known what is lost with it
    synchronized void overrules(int shard, boolean complete) {
        overruled.add(object("node", node(1), "shard", shard, "complete", complete, "lost", List.of(), "more", 3));
    }

    /// The index has one more record.
    synchronized void indexes(String tag, String key) {
        index.add(tag, key);
    }

    /// The node's process has ended: nobody reaches it, and the shards that it takes part in wait for it.
    synchronized void kill(int number) {
        var node = nodes.get(number);
        node.unreachable("No answer from " + node.address() + ": the connection was closed.");
        IntStream.range(0, map.length)
                .filter(shard -> participants(shard).contains(node))
                .forEach(shard -> become(
                        'W', shard, "FINAL waits for node " + node.id().substring(0, 8) + ", which no node reaches."));
        problem(
                "NODE_UNREACHABLE",
                "CRITICAL",
                "Node " + node.id().substring(0, 8) + " at " + node.address()
                        + " was killed: no node reaches it. FAST and DURABLE go on; FINAL waits.",
                "Start it again, or give it up: ./legion eject " + node.id(),
                node.id(),
                List.of(),
                "2 of 2 nodes do not reach it",
                "its connection was closed, so it is not merely paused");
        timeline.happened(
                "NODE_UNREACHABLE", "Node " + node.id().substring(0, 8) + " is out of reach.", node.id(), null);
    }

    /// The shard waits for the node, which is silent.
    synchronized void waits(int shard, int number) {
        var node = nodes.get(number);
        var reason = "FINAL waits for node " + node.id().substring(0, 8) + ", which is silent for 4.2 s.";
        become('W', shard, reason);
        node.isBehind(40, 4_200, reason, "Look at that node.");
        problem(
                "FOLDING_WAITS",
                "WARNING",
                "Shard " + shard + " waits for node " + node.id().substring(0, 8) + ": FINAL is not answered.",
                "Look at that node: ./legion doctor",
                node.id(),
                List.of(shard),
                "its oldest outstanding event is 4.2 s old");
        timeline.happened(
                "SHARD_WAITS", "Shard " + shard + " waits for node " + node.id().substring(0, 8) + ".", null, shard);
    }

    /// The partition gets so many of a hundred events.
    ///
    /// @param reason why that is too much; null if it is not
    synchronized void isBusy(String key, int percent, @Nullable String reason) {
        demand.add(key, node(1), percent, reason);
    }

    /// The node has started a release that has version 2; the others follow, or not.
    ///
    /// @param held whether they have, and somebody holds the version
    synchronized void announces(int number, boolean held) {
        versions.announce(nodes.stream().map(StagedNode::id).toList(), number, held);
    }

    /// No shard has the type `orders` yet, and somebody holds it.
    synchronized void holdsOrders() {
        versions.holdOrders();
    }

    /// The shard's state is the one of this letter, for a reason.
    synchronized void become(char state, int shard, String reason) {
        map[shard] = state;
        reasons.put(shard, reason);
    }

    synchronized void problem(
            String cause,
            String severity,
            String what,
            String next,
            String node,
            List<Integer> shards,
            String... evidence) {
        problems.add(object(
                "cause",
                cause,
                "severity",
                severity,
                "what",
                what,
                "next",
                next,
                "since",
                StagedTimeline.now().toString(),
                "nodes",
                List.of(node),
                "shards",
                shards,
                "more",
                0,
                "evidence",
                List.of(evidence)));
    }

    synchronized Object answer(Asked asked) {
        return switch (asked.first()) {
            case "cluster" -> cluster();
            case "shards" ->
                asked.segments().size() == 1
                        ? shards(asked)
                        : shard(existing(asked.segments().get(1)));
            case "load" -> load.answer(nodes);
            case "timeline" -> timeline.answer(asked);
            case "peers" -> peers(asked.segments().get(1));
            case "types" -> object("types", List.of(object("type", "registrations", "hasIndex", true)));
            case "partitions" ->
                asked.segments().size() == 2
                        ? keys()
                        : partition(asked.segments().get(2));
            case "index" -> index.answer(asked);
            case "divergent" -> divergent(asked);
            default -> throw new IllegalArgumentException("There is nothing at /" + asked.first());
        };
    }

    synchronized Object act(Asked asked) {
        return StagedActs.answer(asked);
    }

    /// A JSON object: names and values by turns.
    static Map<String, @Nullable Object> object(@Nullable Object... namesAndValues) {
        var object = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return object;
    }

    private Object cluster() {
        var counts = new LinkedHashMap<String, Integer>();
        STATES.values().stream().sorted().forEach(state -> counts.put(state, 0));
        for (char letter : map) {
            counts.merge(state(letter), 1, Integer::sum);
        }
        return object(
                "cluster",
                object("name", name, "id", "0f3a", "shards", map.length, "replicas", REPLICAS),
                "self",
                node(0),
                "at",
                Instant.now().toString(),
                "nodes",
                nodes.stream().map(node -> node.json(started, map.length)).toList(),
                "shards",
                counts,
                "map",
                new String(map),
                "copies",
                object("complete", REPLICAS * map.length - counts.get("COPYING"), "underWay", counts.get("COPYING")),
                "demand",
                demand.answer(),
                "versions",
                versions.answer(),
                "problems",
                List.copyOf(problems));
    }

    private Object shards(Asked asked) {
        int limit = asked.number("limit", 200);
        var wanted = asked.query().get("state");
        var found = IntStream.range(asked.number("after", -1) + 1, map.length)
                .filter(shard -> wanted == null || state(map[shard]).equals(wanted))
                .limit(limit + 1L)
                .boxed()
                .toList();
        var page = found.subList(0, Math.min(limit, found.size()));
        return object(
                "shards",
                page.stream().map(this::shard).toList(),
                "next",
                found.size() > limit ? page.getLast() : null);
    }

    private int existing(String shard) {
        int number = Integer.parseInt(shard);
        if (number >= map.length) {
            throw new IllegalArgumentException(
                    "There is no shard " + number + ": they are 0 to " + (map.length - 1) + ".");
        }
        return number;
    }

    private Object shard(int shard) {
        var participants = participants(shard);
        boolean waits = map[shard] == 'W';
        return object(
                "shard",
                shard,
                "state",
                state(map[shard]),
                "reason",
                reasons.get(shard),
                "next",
                map[shard] == 'S' ? null : "./legion doctor says what to do.",
                "epoch",
                3,
                "era",
                0,
                "participants",
                participants.stream().map(StagedNode::participant).toList(),
                "outstanding",
                waits ? 40 : 2,
                "folded",
                12_340 + shard,
                "foldWaits",
                waits ? object("for", List.of(participants.getLast().id()), "sinceMillis", 4_200) : null,
                "copies",
                participants.stream()
                        .filter(StagedNode::known)
                        .map(node -> object(
                                "node",
                                node.id(),
                                "phase",
                                phase(shard),
                                "epoch",
                                3,
                                "folded",
                                12_340 + shard,
                                "outstanding",
                                2,
                                "historyHash",
                                "0f3a4b5c6d7e8f90",
                                "copiedBytes",
                                map[shard] == 'C' ? 1_234_567 : null,
                                "salvage",
                                0))
                        .toList(),
                "known",
                true);
    }

    private String phase(int shard) {
        return switch (map[shard]) {
            case 'C' -> "COPYING";
            case 'D' -> "DIVERGED";
            default -> "PARTICIPATING";
        };
    }

    private List<StagedNode> participants(int shard) {
        return IntStream.range(0, Math.min(REPLICAS, nodes.size()))
                .mapToObj(i -> nodes.get((shard + i) % nodes.size()))
                .toList();
    }

    private Object peers(String asked) {
        var node = nodes.stream()
                .filter(known -> known.id().equals(asked))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no node " + asked + "."));
        return object(
                "node",
                asked,
                "known",
                node.known(),
                "members",
                nodes.stream().map(StagedNode::member).toList(),
                "next",
                null);
    }

    private Object keys() {
        return object("keys", List.of(object("key", key, "shard", 7)), "next", null, "note", null);
    }

    private Object partition(String asked) {
        return object(
                "type",
                "registrations",
                "key",
                asked,
                "shard",
                7,
                "answeredBy",
                node(1),
                "exists",
                true,
                "state",
                object("instances", List.of(object("id", "a1", "status", "UP", "address", "127.0.0.1:8080"))),
                "stateBytes",
                312,
                "stateShortened",
                false,
                "tags",
                List.of("UP", "version:1.4.0"),
                "outstanding",
                List.of(object(
                        "event",
                        "e1",
                        "request",
                        "9f27c01e-77",
                        "at",
                        StagedTimeline.now().toString(),
                        "origin",
                        node(1),
                        "payload",
                        object("Renew", object("id", "a1")))),
                "outstandingMore",
                0,
                "participants",
                participants(7).stream().map(StagedNode::participant).toList());
    }

    private Object divergent(Asked asked) {
        var diverged = IntStream.range(0, map.length)
                .filter(shard -> map[shard] == 'D')
                .boxed()
                .toList();
        int from = asked.number("after", 0); // the token is the number of those before
        int to = Math.min(from + asked.number("limit", 200), diverged.size());
        return object(
                "stopped",
                diverged.subList(from, to).stream().map(this::stopped).toList(),
                "overruled",
                List.copyOf(overruled),
                "salvage",
                List.of(),
                "lostRequests",
                List.of(),
                "notKnown",
                nodes.stream().filter(node -> !node.known()).map(StagedNode::id).toList(),
                "next",
                to < diverged.size() ? Integer.toString(to) : null,
                "counts",
                object("stopped", diverged.size(), "overruled", overruled.size(), "salvage", 0, "lostRequests", 0));
    }

    private Object stopped(int shard) {
        return object("node", node(1), "shard", shard, "reason", reasons.get(shard), "kept", true);
    }

    private static String state(char letter) {
        return STATES.getOrDefault(letter, "NOT_KNOWN");
    }
}
