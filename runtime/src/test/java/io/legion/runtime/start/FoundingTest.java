package io.legion.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.IncompleteStore;
import io.legion.Legion;
import io.legion.LegionSettings;
import io.legion.ReplicationSettings;
import io.legion.StartupException;
import io.legion.StartupMode;
import io.legion.core.NodeId;
import io.legion.memory.MemoryStore;
import io.legion.runtime.lane.TestLanes;
import io.legion.runtime.storage.NodeMarks;
import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import io.legion.spi.Store;
import io.legion.spi.StoreException;
import io.legion.spi.WrappedStore;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FoundingTest {
    private final RecordingLogger logger = RecordingLogger.open();
    private final Random random = new Random(1);
    private final MemoryStore store = TestLanes.memory();

    @AfterEach
    void nothingUnexpectedWasLogged() {
        logger.close();
    }

    private Start start(StartupMode mode) {
        return start(Legion.named("bank").shards(8).startup(mode).settings(), store);
    }

    private Start start(LegionSettings settings, Store on) {
        return Founding.decide(settings, on, false, random, logger);
    }

    private void foundBank() {
        assertThat(start(new StartupMode.NewCluster())).isInstanceOf(Start.Found.class);
        NodeMarks.finish(store);
    }

    @Test
    void anEmptyStoreIsFoundedByNewCluster() {
        assertThat(start(new StartupMode.NewCluster())).isInstanceOf(Start.Found.class);
        assertThat(store.identity().orElseThrow().shards()).isEqualTo(8);
    }

    @Test
    void withAnEmptyStoreTheOtherModesLookForAClusterOrRefuse() {
        assertThat(start(new StartupMode.Automatic(true)))
                .isInstanceOfSatisfying(
                        Start.Look.class, look -> assertThat(look.mayFound()).isTrue());
        assertThat(start(new StartupMode.Automatic(false)))
                .isInstanceOfSatisfying(
                        Start.Look.class, look -> assertThat(look.mayFound()).isFalse());
        assertThat(start(new StartupMode.JoinCluster(List.of("a:1"))))
                .isInstanceOfSatisfying(
                        Start.Look.class, look -> assertThat(look.contacts()).containsExactly("a:1"));
        assertThatThrownBy(() -> start(new StartupMode.Recover())).isInstanceOf(StartupException.class);
        assertThat(store.identity()).isEmpty();
    }

    @Test
    void aFoundedStoreIsRecoveredUnderItsIdentity() {
        foundBank();
        var identity = store.identity().orElseThrow();
        for (var mode : List.of(new StartupMode.Recover(), new StartupMode.Automatic(false))) {
            assertThat(start(mode)).isEqualTo(new Start.Recover(identity));
        }
    }

    @Test
    void aFoundedStoreIsNotFoundedOrJoinedAgain() {
        foundBank();
        for (var mode : List.of(new StartupMode.NewCluster(), new StartupMode.JoinCluster(List.of("a:1")))) {
            assertThatThrownBy(() -> start(mode))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("already");
        }
    }

    @Test
    void anInterruptedFoundingIsBegunAgain() {
        assertThat(start(new StartupMode.NewCluster())).isInstanceOf(Start.Found.class);
        var begun = store.identity().orElseThrow();
        assertThat(start(new StartupMode.NewCluster())).isEqualTo(new Start.Found(begun));
        assertThat(start(new StartupMode.Automatic(true))).isEqualTo(Start.Look.again(begun.node(), begun));
        assertThatThrownBy(() -> start(new StartupMode.Recover())).isInstanceOf(StartupException.class);
    }

    /// R1: what was lost was never said to anybody; the store is complete again under another id.
    @Test
    void anInterruptedFoundingThatLostWritesIsBegunAgainUnderAnotherId() {
        assertThat(start(new StartupMode.NewCluster())).isInstanceOf(Start.Found.class);
        var before = store.identity().orElseThrow();
        var torn = new WrappedStore(store);
        torn.complete = false;
        var settings = Legion.named("bank")
                .shards(8)
                .startup(new StartupMode.NewCluster())
                .settings();
        assertThat(start(settings, torn))
                .isEqualTo(new Start.Found(store.identity().orElseThrow()));
        assertThat(store.identity().orElseThrow().cluster()).isEqualTo(before.cluster());
        assertThat(store.identity().orElseThrow().node()).isNotEqualTo(before.node());
    }

    @Test
    void anInterruptedJoiningIsNotTakenForAFounding() {
        var torn = new WrappedStore(store);
        torn.beforeWrite = _ -> {
            throw new StoreException("stopped");
        };
        var settings = Legion.named("bank").shards(8).settings();
        assertThatThrownBy(() -> Founding.joined(settings, torn, new NodeId(5), new UUID(1, 1)))
                .isInstanceOf(StoreException.class);
        assertThat(start(new StartupMode.Automatic(true))).isInstanceOf(Start.Recover.class);
    }

    /// R1: one life of a store, one node.
    @Test
    void aStoreThatMayLackWhatOthersCountOnIsGivenUp() {
        foundBank();
        NodeMarks.meet(store);
        var torn = new WrappedStore(store);
        torn.complete = false;
        var settings = Legion.named("bank").shards(8);
        assertThat(start(settings.settings(), torn)).isInstanceOfSatisfying(Start.Look.class, look -> {
            assertThat(look.givenUp()).isEqualTo(store.identity().orElseThrow());
            assertThat(look.node()).isNotEqualTo(store.identity().orElseThrow().node());
            assertThat(look.mayFound()).isFalse();
        });
        logger.expect(Logger.Priority.WARNING, "gives up its identity");
        assertThat(start(settings.incompleteStore(IncompleteStore.TRUST).settings(), torn))
                .isInstanceOf(Start.Recover.class);
    }

    /// R1: the marks of the founding and of other nodes may be among what was lost.
    @Test
    void aStoreThatLostWritesIsNeverFoundedAgain() {
        assertThat(start(new StartupMode.NewCluster())).isInstanceOf(Start.Found.class);
        var damaged = new WrappedStore(store);
        damaged.complete = false;
        damaged.damage = Optional.of("its files go to change 3, and they had reached change 9.");
        var settings = Legion.named("bank").shards(8).mayFound(true);
        assertThat(start(settings.settings(), damaged)).isInstanceOfSatisfying(Start.Look.class, look -> {
            assertThat(look.givenUp()).isEqualTo(store.identity().orElseThrow());
            assertThat(look.mayFound()).isFalse();
        });
        logger.expect(Logger.Priority.ERROR, "its files go to change 3, and they had reached change 9");
        assertThat(start(settings.incompleteStore(IncompleteStore.TRUST).settings(), damaged))
                .isInstanceOf(Start.Recover.class);
        logger.expect(Logger.Priority.ERROR, "goes on with what is left");
    }

    /// R1: such a store begins with nothing, as soon as its node is another one.
    @Test
    void aStoreThatCanNeitherReadNorWriteJoinsAsANewNode() {
        foundBank();
        var damaged = new WrappedStore(store);
        damaged.complete = false;
        damaged.damage = Optional.of("its files are gone.");
        var failure = new StoreException.Damaged("Its files are gone.", new IllegalStateException());
        damaged.beforeGet = () -> {
            throw failure;
        };
        var settings = Legion.named("bank").shards(8).settings();
        var next = new NodeId(77);
        assertThat(start(settings, damaged)).isInstanceOf(Start.Look.class);
        logger.expect(Logger.Priority.ERROR, "its files are gone");

        damaged.beforeWrite = _ -> {
            if (!store.identity().orElseThrow().node().equals(next)) {
                throw failure;
            }
        };
        var cluster = store.identity().orElseThrow().cluster();
        var identity = Founding.joined(settings, damaged, next, cluster);
        assertThat(store.identity()).contains(identity);
        assertThat(NodeMarks.isFounded(store)).isTrue();

        damaged.damage = Optional.empty();
        damaged.beforeWrite = _ -> {
            throw failure;
        };
        assertThatThrownBy(() -> Founding.joined(settings, damaged, new NodeId(78), cluster))
                .as("a failure without damage")
                .isSameAs(failure);
        assertThat(store.identity()).contains(identity);
    }

    /// R52b: what is remembered is fixed when the cluster is founded.
    @Test
    void whatIsRememberedOfRequestsCanNotBeChanged() {
        foundBank();
        var fewer = ReplicationSettings.defaults().withRememberedOutputs(20);

        assertThatThrownBy(() -> start(
                        Legion.named("bank")
                                .shards(8)
                                .startup(new StartupMode.Recover())
                                .replication(fewer)
                                .settings(),
                        store))
                .isInstanceOf(StartupException.class)
                .hasMessageContainingAll("rememberedOutputs 1024", "say 20", "Set rememberedOutputs to 1024");
    }

    /// R64: refused stores.
    @Test
    void aStoreOfAnotherClusterOrWithOtherShardsIsRefused() {
        foundBank();
        assertThatThrownBy(() -> start(Legion.named("shop").shards(8).settings(), store))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("'bank'")
                .hasMessageContaining("'shop'");
        assertThatThrownBy(() -> start(Legion.named("bank").shards(9).settings(), store))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("Set shards to 8");
    }

    @Test
    void aStoreThatMayHaveLostItsLastWritesSaysSoOnce() {
        foundBank();
        var torn = new WrappedStore(store);
        torn.complete = false;
        torn.stoppedCleanly = false;
        start(Legion.named("bank").shards(8).settings(), torn);
        logger.expect(Logger.Priority.WARNING, "last writes");
        torn.stoppedCleanly = true;
        start(Legion.named("bank").shards(8).settings(), torn);
        assertThat(logger.messages(Logger.Priority.WARNING, "")).hasSize(1);
    }
}
