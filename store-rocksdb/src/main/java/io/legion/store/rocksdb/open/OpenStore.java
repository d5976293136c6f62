package io.legion.store.rocksdb.open;

import io.legion.service.CallGate;
import io.legion.service.CloseOnce;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.StoreIdentity;
import io.legion.store.rocksdb.current.CurrentEngine;
import io.legion.store.rocksdb.current.CurrentMarker;
import io.legion.store.rocksdb.current.OpenedFiles;
import io.legion.store.rocksdb.current.WriteFailure;
import io.legion.store.rocksdb.damage.DamagedTables;
import io.legion.store.rocksdb.damage.EngineLook;
import io.legion.store.rocksdb.damage.Scrub;
import io.legion.store.rocksdb.files.Marker;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A store while it is open: its parts, and what it says of itself.
public final class OpenStore implements Store, AutoCloseable {
    private final CurrentMarker marker;
    private final WriteFailure failure;
    private final CallGate gate = new CallGate("store");
    private final CurrentEngine engines;
    private final DamagedTables tables;
    private final StoreReads reads;
    private final StoreWrites writes;
    private final Scrub scrub;
    private final boolean replaceDamaged;
    private final boolean stoppedCleanly;
    private final CloseOnce closing;

    /// A store whose engine is open and whose marker says so, or whose engine cannot be opened and which has
    /// changed nothing; its meters look into the engine from now on.
    ///
    /// @param before the marker as it was left
    /// @param unusable why there is no engine; null if there is one
    OpenStore(
            Opening opening,
            Marker before,
            Marker now,
            @Nullable OpenedFiles opened,
            StoreException.@Nullable Damaged unusable) {
        var logger = opening.logger();
        var config = opening.config();
        this.failure = new WriteFailure(opening.nanos());
        this.marker = new CurrentMarker(opening.directory(), now, failure);
        this.stoppedCleanly = before.clean();
        this.replaceDamaged = config.replaceDamaged();
        this.tables = new DamagedTables(marker, replaceDamaged, logger);
        this.engines = new CurrentEngine(config, opening.directory(), marker, gate, logger, opened, unusable);
        var look = new EngineLook(gate, engines, tables);
        var meters = new StoreMeters(opening.monitor(), look::bytesOnDisk, look::damagedTables);
        this.reads = new StoreReads(gate, engines, tables);
        this.writes = new StoreWrites(gate, engines, marker, failure, tables, meters, logger);
        this.scrub = opening.scrub(look);
        var shut = new StoreClosing(opening, marker, failure, engines, meters, scrub);
        this.closing = new CloseOnce("legion-store-close", () -> gate.close(shut::run));
        if (opened != null) {
            tables.opened(opened.engine());
        }
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        return reads.get(key);
    }

    @Override
    public void scan(byte[] from, byte @Nullable [] to, Visitor visitor) {
        reads.scan(from, to, visitor);
    }

    @Override
    public void write(Batch batch, Durability durability) {
        writes.write(batch, durability);
    }

    @Override
    public Durability strongest() {
        return Durability.FORCED;
    }

    @Override
    public Optional<StoreIdentity> identity() {
        gate.requireOpen();
        return marker.now().identity();
    }

    @Override
    public void identify(StoreIdentity next) {
        gate.requireOpen();
        if (!toReplace().isEmpty() && isOtherNode(next)) {
            StoreIdentity.requireSameCluster(marker.now().identity().orElse(null), next);
            gate.requireOutside();
            engines.replace(next);
            return;
        }
        gate.enter();
        try {
            failure.requireNone();
            marker.identify(next);
        } finally {
            gate.leave();
        }
    }

    private boolean isOtherNode(StoreIdentity next) {
        return !marker.now().identity().map(StoreIdentity::node).equals(Optional.of(next.node()));
    }

    /// Why the engine is replaced as soon as the node is a new one; empty if it is not.
    private String toReplace() {
        return replaceDamaged ? engines.why().orElseGet(tables::text) : "";
    }

    @Override
    public boolean stoppedCleanly() {
        gate.requireOpen();
        return stoppedCleanly;
    }

    @Override
    public boolean complete() {
        gate.requireOpen();
        return marker.now().complete() && toReplace().isEmpty();
    }

    @Override
    public Optional<String> damage() {
        gate.requireOpen();
        return Stream.of(marker.now().damage(), toReplace())
                .filter(damage -> !damage.isEmpty())
                .findFirst();
    }

    @Override
    public Optional<String> warning() {
        gate.requireOpen();
        return Optional.of(tables.text()).filter(text -> !text.isEmpty());
    }

    /// See [io.legion.store.rocksdb.RocksDbStore#close()].
    @Override
    public void close() {
        gate.requireOutside();
        closing.close();
    }

    /// For a test that does not wait until the time comes.
    public void raiseFloor() {
        engines.raiseFloor();
    }

    /// For a test that does not wait until the time comes.
    public Scrub scrub() {
        return scrub;
    }
}
