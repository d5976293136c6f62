package io.legion.command.backup;

import io.legion.backup.BackupSource;
import io.legion.backup.ClusterFacts;
import io.legion.backup.ShardLook;
import io.legion.command.client.AdminClient;
import io.legion.command.client.AdminException;
import io.legion.command.client.AdminReply;
import io.legion.command.client.ReplyPart;
import io.legion.command.client.Target;
import io.legion.core.Bytes;
import io.legion.core.NodeId;
import io.legion.operations.Extract;
import io.legion.operations.ExtractPiece;
import io.legion.operations.SettledShard;
import io.legion.operations.TypeShape;
import io.legion.operations.UnreachableException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// A cluster, asked through admin services.
///
/// @param client which may wait as long as the shards may take to settle
record HttpSource(AdminClient client) implements BackupSource {
    /// The bodies of orders are bounded.
    private static final int SHARDS_OF_AN_ORDER = 5_000;

    @Override
    public ClusterFacts facts() {
        var facts = client.get(Target.of("backup")).root();
        return new ClusterFacts(
                facts.text("cluster"),
                facts.text("name"),
                facts.text("release"),
                settings(facts),
                facts.parts("types").stream().map(HttpSource::shape).toList(),
                facts.parts("shards").stream().map(HttpSource::look).toList(),
                nodes(facts, "asked"),
                nodes(facts, "silent"),
                (int) facts.count("saving"));
    }

    private static SortedSet<NodeId> nodes(ReplyPart facts, String name) {
        var nodes = new TreeSet<NodeId>();
        facts.texts(name).forEach(node -> nodes.add(NodeId.parse(node)));
        return nodes;
    }

    private static SortedMap<String, String> settings(ReplyPart facts) {
        var settings = new TreeMap<String, String>();
        facts.node()
                .path("settings")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asString("")));
        return settings;
    }

    /// A shape has several lines, which nobody prints.
    private static TypeShape shape(ReplyPart type) {
        return new TypeShape(
                type.text("name"),
                (int) type.count("number"),
                type.node().path("shape").asString(""),
                type.node().path("version").asInt(0));
    }

    private static ShardLook look(ReplyPart shard) {
        return new ShardLook(
                (int) shard.count("shard"),
                shard.isTrue("quiet"),
                shard.count("position"),
                hash(shard),
                shard.count("era"),
                shard.count("epoch"),
                shard.count("salvage"));
    }

    private static long hash(ReplyPart part) {
        return Long.parseUnsignedLong(part.text("historyHash"), 16);
    }

    @Override
    public List<SettledShard> settle(List<Integer> shards, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        var settled = new ArrayList<SettledShard>();
        for (int from = 0; from < shards.size(); from += SHARDS_OF_AN_ORDER) {
            long millis = Math.max(1, (until - System.nanoTime()) / 1_000_000);
            var listed = shards.subList(from, Math.min(shards.size(), from + SHARDS_OF_AN_ORDER)).stream()
                    .map(shard -> Integer.toString(shard))
                    .collect(Collectors.joining(",", "{\"shards\":[", "],\"patienceMillis\":" + millis + "}"));
            act(Target.of("backup", "settle"), listed).root().parts("shards").stream()
                    .map(one -> new SettledShard(
                            (int) one.count("shard"), one.isTrue("settled"), one.count("position"), one.text("why")))
                    .forEach(settled::add);
        }
        return List.copyOf(settled);
    }

    @Override
    public Extract extract(int shard, long least, int turn) {
        var target = Target.of("backup", "shards", Integer.toString(shard), "extracts")
                .with("least", least)
                .with("turn", turn);
        var opened = again(() -> act(target, "")).root();
        return new Extract(
                opened.count("extract"),
                NodeId.parse(opened.text("node")),
                shard,
                opened.count("position"),
                hash(opened));
    }

    @Override
    public ExtractPiece piece(Extract extract, int section, int offset, Optional<Bytes> expected) {
        var target = Target.of(
                        "backup",
                        "extracts",
                        extract.node().toString(),
                        Long.toString(extract.number()),
                        Integer.toString(section))
                .with("offset", offset);
        var asked = expected.map(
                        digest -> target.with("expected", Base64.getUrlEncoder().encodeToString(digest.shared())))
                .orElse(target);
        var piece = again(() -> client.get(asked)).root();
        return new ExtractPiece(
                piece.isTrue("end"),
                bytes(piece, "digest"),
                piece.count("states"),
                piece.count("bytes"),
                (int) piece.count("deflatedBytes"),
                bytes(piece, "last"),
                bytes(piece, "content"));
    }

    private static Bytes bytes(ReplyPart piece, String name) {
        try {
            return Bytes.wrap(Base64.getDecoder().decode(piece.node().path(name).asString("")));
        } catch (IllegalArgumentException malformed) {
            throw new UnreachableException("The answer of " + piece.source() + " has no base 64 in \"" + name + "\".");
        }
    }

    /// At the first server that answers.
    private AdminReply act(Target target, String body) {
        var silent = new ArrayList<AdminException>();
        for (URI server : client.servers()) {
            try {
                return client.act(server, target, body);
            } catch (AdminException failure) {
                if (failure.kind() != AdminException.Kind.UNANSWERED) {
                    throw failure;
                }
                silent.add(failure);
            }
        }
        throw silent.getLast();
    }

    /// What fails may go well a moment later, at another node.
    private static AdminReply again(Supplier<AdminReply> question) {
        try {
            return question.get();
        } catch (AdminException failure) {
            if (failure.kind() == AdminException.Kind.REFUSED) {
                throw failure;
            }
            throw new UnreachableException(String.valueOf(failure.getMessage()));
        }
    }
}
