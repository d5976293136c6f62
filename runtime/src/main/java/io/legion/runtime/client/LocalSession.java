package io.legion.runtime.client;

import io.legion.Session;
import io.legion.core.shard.Seen;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A session, by shard. The replicas judge what they have of it.
public final class LocalSession implements Session {
    private final UUID cluster;
    private final ConcurrentHashMap<Integer, Seen> shards;

    private LocalSession(UUID cluster, Map<Integer, Seen> shards) {
        this.cluster = cluster;
        this.shards = new ConcurrentHashMap<>(shards);
    }

    public static LocalSession begin(UUID cluster) {
        return new LocalSession(cluster, Map.of());
    }

    /// The session of a token.
    ///
    /// @throws IllegalArgumentException if the text is no token of this cluster
    public static LocalSession of(String token, UUID cluster, int shards) {
        return new LocalSession(cluster, SessionToken.read(token, cluster, shards));
    }

    /// As a session of this cluster.
    ///
    /// @throws IllegalArgumentException if it is none
    static LocalSession of(Session session, UUID cluster) {
        if (session instanceof LocalSession local && local.cluster.equals(cluster)) {
            return local;
        }
        throw new IllegalArgumentException(
                "the session is of another cluster; begin one with session() of this Legion");
    }

    Seen seen(int shard) {
        return shards.getOrDefault(shard, Seen.NOTHING);
    }

    /// An answer has come. What it says of the session takes the place of what was known when the call began, unless
    /// another call has added to that meanwhile.
    ///
    /// @param after null outside a session
    void saw(int shard, @Nullable Seen before, @Nullable Seen after) {
        if (after != null) {
            shards.merge(shard, after, (now, same) -> Objects.equals(now, before) ? same : now.merge(same));
        }
    }

    @Override
    public String token() {
        return SessionToken.write(cluster, new TreeMap<>(shards));
    }

    @Override
    public void join(Session other) {
        of(other, cluster).shards.forEach((shard, seen) -> saw(shard, null, seen));
    }

    @Override
    public String toString() {
        return "session " + new TreeMap<>(shards);
    }
}
