package io.legion;

import io.legion.core.shard.ReplicaSettings;
import io.legion.service.ByteSize;
import io.legion.spi.Durability;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Builds [LegionSettings]; a setting that the caller does not set has its default. For one thread.
public final class LegionSettingsBuilder {
    private final String clusterName;
    private StartupMode startup = new StartupMode.Automatic(true);
    private int shards = 64;
    private Durability durability = Durability.HANDED_OVER;
    private Duration requestTimeout = Duration.ofSeconds(10);
    private int mailbox = 10_000;
    private ByteSize cache = new ByteSize(64L << 20);
    private ByteSize maxEvent = new ByteSize(1L << 20);
    private Duration tick = Duration.ofMillis(50);
    private Duration closeTimeout = Duration.ofSeconds(10);
    private Duration joinTimeout = Duration.ofSeconds(60);
    private IncompleteStore incompleteStore = IncompleteStore.REJOIN;
    private PlacementSettings placement = PlacementSettings.defaults();
    private @Nullable ReplicaSettings replica;

    LegionSettingsBuilder(String clusterName) {
        this.clusterName = clusterName;
    }

    /// See [LegionSettings#startup()].
    public LegionSettingsBuilder startup(StartupMode mode) {
        startup = mode;
        return this;
    }

    /// See [LegionSettings#shards()].
    public LegionSettingsBuilder shards(int count) {
        shards = count;
        return this;
    }

    /// See [LegionSettings#durability()].
    public LegionSettingsBuilder durability(Durability wished) {
        durability = wished;
        return this;
    }

    /// See [LegionSettings#requestTimeout()].
    public LegionSettingsBuilder requestTimeout(Duration timeout) {
        requestTimeout = timeout;
        return this;
    }

    /// See [LegionSettings#mailbox()].
    public LegionSettingsBuilder mailbox(int bound) {
        mailbox = bound;
        return this;
    }

    /// See [LegionSettings#cache()].
    public LegionSettingsBuilder cacheBytes(long bytes) {
        cache = new ByteSize(bytes);
        return this;
    }

    /// See [LegionSettings#maxEvent()].
    public LegionSettingsBuilder maxEventBytes(long bytes) {
        maxEvent = new ByteSize(bytes);
        return this;
    }

    /// See [LegionSettings#tick()].
    public LegionSettingsBuilder tick(Duration interval) {
        tick = interval;
        return this;
    }

    /// See [LegionSettings#closeTimeout()].
    public LegionSettingsBuilder closeTimeout(Duration timeout) {
        closeTimeout = timeout;
        return this;
    }

    /// See [LegionSettings#joinTimeout()].
    public LegionSettingsBuilder joinTimeout(Duration timeout) {
        joinTimeout = timeout;
        return this;
    }

    /// See [LegionSettings#incompleteStore()].
    public LegionSettingsBuilder incompleteStore(IncompleteStore wished) {
        incompleteStore = wished;
        return this;
    }

    /// See [LegionSettings#placement()].
    public LegionSettingsBuilder placement(PlacementSettings settings) {
        placement = settings;
        return this;
    }

    /// See [LegionSettings#replica()].
    public LegionSettingsBuilder replica(ReplicaSettings settings) {
        replica = settings;
        return this;
    }

    /// The settings.
    ///
    /// @throws IllegalArgumentException if a value is out of its range; the message names it
    public LegionSettings build() {
        return new LegionSettings(
                clusterName,
                startup,
                shards,
                durability,
                requestTimeout,
                mailbox,
                cache,
                maxEvent,
                tick,
                closeTimeout,
                joinTimeout,
                incompleteStore,
                placement,
                replica);
    }
}
