package io.legion.contracts;

import static io.legion.contracts.StoreContract.IDENTITY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.NodeId;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;
import io.legion.spi.StoreIdentity;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How a [Store] is founded, closed, opened again, and what a crash leaves: extend it in the tests of an
/// implementation.
public abstract class StoreLifeContract {

    private static final NodeId NEXT_LIFE = new NodeId(0xBEEF);

    private StorePlace place;

    /// For the class that extends it.
    @SuppressWarnings("NullAway.Init")
    protected StoreLifeContract() {}

    /// A new, empty place.
    protected abstract StorePlace place() throws Exception;

    @BeforeEach
    final void open() throws Exception {
        place = place();
    }

    @AfterEach
    final void close() throws Exception {
        place.close();
    }

    @Test
    void aNewStoreBelongsToNobodyAndHasNothingToRegret() {
        var store = place.open();

        assertThat(store.identity()).isEmpty();
        assertThat(store.stoppedCleanly()).isTrue();
        assertThat(store.complete()).isTrue();
        assertThatThrownBy(() -> store.write(new Batch(), Durability.MEMORY)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStoreThatWasNeverIdentifiedOpensAgain() {
        place.open();
        place.crash();
        var store = place.open();

        assertThat(store.identity()).isEmpty();
        assertThat(store.complete()).isTrue();
        store.identify(IDENTITY);
        assertThat(store.identity()).contains(IDENTITY);
    }

    @Test
    void aCleanCloseKeepsEverythingOfEveryDurability() {
        var store = founded();
        for (var durability : Durability.values()) {
            store.write(new Batch().put(key(durability), key("aa")), durability);
        }
        place.shut();
        store = place.open();

        boolean keeps = store.strongest().covers(Durability.HANDED_OVER);
        assertThat(store.identity().isPresent()).isEqualTo(keeps);
        for (var durability : Durability.values()) {
            assertThat(store.get(key(durability)) != null).isEqualTo(keeps);
        }
        assertThat(store.stoppedCleanly()).isTrue();
        assertThat(store.complete()).isTrue();
    }

    @Test
    void aCrashOfTheProcessKeepsWhatWasHandedOverOrForced() {
        var store = founded();
        store.write(new Batch().put(key("01"), key("aa")), Durability.HANDED_OVER);
        store.write(new Batch().put(key("02"), key("bb")), Durability.FORCED);
        store.write(new Batch().put(key("03"), key("cc")), Durability.HANDED_OVER);
        place.crash();
        store = place.open();

        if (store.strongest().covers(Durability.HANDED_OVER)) {
            assertThat(StoreContract.entries(store, key(""), null)).containsExactly("01=aa", "02=bb", "03=cc");
            assertThat(store.identity()).contains(IDENTITY);
            assertThat(store.stoppedCleanly()).isFalse();
        } else {
            assertThat(store.identity()).isEmpty();
        }
        assertThat(store.complete()).isTrue();
    }

    @Test
    void aCrashAfterAWriteThatStayedInMemoryLeavesTheStoreIncompleteUntilItsNextLife() {
        var store = founded();
        store.write(new Batch().put(key("01"), key("aa")), Durability.HANDED_OVER);
        store.write(new Batch().put(key("02"), key("bb")), Durability.MEMORY);
        place.crash();
        store = place.open();
        if (!store.strongest().covers(Durability.HANDED_OVER)) {
            return;
        }
        assertThat(store.complete()).isFalse();
        place.shut();
        store = place.open();

        assertThat(store.stoppedCleanly()).isTrue();
        assertThat(store.complete()).isFalse();
        store.identify(IDENTITY);
        assertThat(store.complete()).isFalse();
        store.identify(IDENTITY.withNode(NEXT_LIFE));
        assertThat(store.complete()).isTrue();
        assertThat(store.get(key("01"))).isEqualTo(key("aa"));
    }

    @Test
    void aNextLifeIsThereAfterACrash() {
        var settings = new TreeMap<String, String>();
        settings.put("retention", "7 d = long");
        var next = new StoreIdentity(
                IDENTITY.cluster(), IDENTITY.clusterName(), NEXT_LIFE, IDENTITY.format(), IDENTITY.shards(), settings);
        var store = founded();
        store.identify(next);
        assertThat(store.identity()).contains(next);
        place.crash();
        store = place.open();

        if (store.strongest().covers(Durability.HANDED_OVER)) {
            assertThat(store.identity()).contains(next);
        }
    }

    @Test
    void aStoreIsNotGivenToAnotherCluster() {
        var store = founded();
        var other = new StoreIdentity(new UUID(1, 2), "other", NEXT_LIFE, 1, 16, new TreeMap<>());

        assertThatThrownBy(() -> store.identify(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'contract'")
                .hasMessageContaining("'other'");
        assertThat(store.identity()).contains(IDENTITY);
    }

    @Test
    void aClosedStoreSaysSo() {
        var store = founded();
        place.shut();

        assertThatThrownBy(() -> store.get(key("01"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.scan(key(""), null, (_, _) -> true)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store.write(new Batch(), Durability.MEMORY)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(store::identity).isInstanceOf(IllegalStateException.class);
    }

    private Store founded() {
        var store = place.open();
        store.identify(IDENTITY);
        return store;
    }

    private static byte[] key(String hex) {
        return StoreContract.key(hex);
    }

    private static byte[] key(Durability durability) {
        return durability.name().getBytes(StandardCharsets.US_ASCII);
    }
}
