package io.legion.runtime.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.CodecException;
import io.legion.core.placement.StoppedCopies.Kind;
import io.legion.core.shard.UnknownDataException;
import io.legion.core.shard.UnknownVersionException;
import io.legion.spi.StoreException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/// What a failure says of a copy.
final class StopKindTest {
    @Test
    void onlyTheStoreTellsThatItIsDamagedWhileAShardRuns() {
        assertThat(StopKind.ofRunning(new StoreException("a block is damaged"))).isEqualTo(Kind.UNREADABLE);
        assertThat(StopKind.ofRunning(new IllegalStateException("folds go upward in id (R22)")))
                .isEqualTo(Kind.OTHER);
        assertThat(StopKind.ofRunning(new CodecException("a message"))).isEqualTo(Kind.OTHER);
        assertThat(StopKind.ofRunning(new UnknownDataException("an event"))).isEqualTo(Kind.OTHER);
        assertThat(StopKind.ofRunning(new StoreException.Full("no room")))
                .as("only a shard that goes on by itself waits for room")
                .isEqualTo(Kind.OTHER);
    }

    @Test
    void aReleaseThatLacksAVersionSaysNothingBadOfTheCopy() {
        var lacking = new UnknownVersionException("'account'", 2, "version 2 is needed");
        assertThat(StopKind.ofRunning(lacking)).isEqualTo(Kind.RELEASE);
        assertThat(StopKind.ofStored(lacking)).isEqualTo(Kind.RELEASE);
    }

    @Test
    void whatDoesNotFitTogetherInTheStoreIsDamaged() {
        assertThat(StopKind.ofStored(new StoreException("a block is damaged"))).isEqualTo(Kind.UNREADABLE);
        assertThat(StopKind.ofStored(new CodecException("a record"))).isEqualTo(Kind.UNREADABLE);
        assertThat(StopKind.ofStored(new NoSuchElementException())).isEqualTo(Kind.UNREADABLE);
        assertThat(StopKind.ofStored(new IllegalStateException("the stored events of an origin have no gaps (R11)")))
                .isEqualTo(Kind.UNREADABLE);
        assertThat(StopKind.ofStored(new UnknownDataException("a partition type")))
                .isEqualTo(Kind.OTHER);
        assertThat(StopKind.ofStored(new OutOfMemoryError())).isEqualTo(Kind.OTHER);
    }
}
