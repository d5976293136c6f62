package io.legion.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.service.Logger;
import io.legion.service.RecordingLogger;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FoundingTest {
    private final RecordingLogger logger = RecordingLogger.open();
    private final MemoryStore store = TestLanes.memory();

    @AfterEach
    void nothingUnexpectedWasLogged() {
        logger.close();
    }

    private Founding start(StartupMode mode) {
        return start(LegionSettings.named("bank").shards(8).startup(mode).build(), store);
    }

    private Founding start(LegionSettings settings, Store on) {
        return Founding.decide(settings, on, new Random(1), logger);
    }

    private void foundBank() {
        assertThat(start(new StartupMode.NewCluster()).founds()).isTrue();
        Founding.finish(store);
    }

    @Test
    void anEmptyStoreIsFoundedByNewClusterAndByAutomaticThatMay() {
        assertThat(start(new StartupMode.NewCluster()).founds()).isTrue();
        var other = TestLanes.memory();
        var settings = LegionSettings.named("bank").build();
        assertThat(start(settings, other).founds()).isTrue();
        assertThat(other.identity().orElseThrow().shards()).isEqualTo(256);
    }

    @Test
    void anEmptyStoreIsLeftAloneByTheOtherModes() {
        for (var mode : List.of(
                new StartupMode.Recover(),
                new StartupMode.Automatic(false),
                new StartupMode.JoinCluster(List.of("a:1")))) {
            assertThatThrownBy(() -> start(mode)).isInstanceOf(StartupException.class);
            assertThat(store.identity()).isEmpty();
        }
    }

    @Test
    void aFoundedStoreIsRecoveredUnderItsIdentity() {
        foundBank();
        var identity = store.identity().orElseThrow();
        for (var mode : List.of(new StartupMode.Recover(), new StartupMode.Automatic(false))) {
            var founding = start(mode);
            assertThat(founding.founds()).isFalse();
            assertThat(founding.identity()).isEqualTo(identity);
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
        assertThat(start(new StartupMode.NewCluster()).founds()).isTrue();
        assertThat(start(new StartupMode.Automatic(true)).founds()).isTrue();
        assertThatThrownBy(() -> start(new StartupMode.Recover())).isInstanceOf(StartupException.class);
    }

    @Test
    void aStoreOfAnotherClusterOrWithOtherShardsIsRefused() {
        foundBank();
        assertThatThrownBy(() -> start(LegionSettings.named("shop").shards(8).build(), store))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("'bank'")
                .hasMessageContaining("'shop'");
        assertThatThrownBy(() -> start(LegionSettings.named("bank").shards(9).build(), store))
                .isInstanceOf(StartupException.class)
                .hasMessageContaining("Set shards to 8");
    }

    @Test
    void aStoreThatMayHaveLostItsLastWritesSaysSoOnce() {
        foundBank();
        var torn = new WrappedStore(store);
        torn.complete = false;
        torn.stoppedCleanly = false;
        start(LegionSettings.named("bank").shards(8).build(), torn);
        logger.expect(Logger.Priority.WARNING, "last writes");
        torn.stoppedCleanly = true;
        start(LegionSettings.named("bank").shards(8).build(), torn);
        assertThat(logger.messages(Logger.Priority.WARNING, "")).hasSize(1);
    }
}
