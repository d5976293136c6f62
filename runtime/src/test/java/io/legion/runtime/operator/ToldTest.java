package io.legion.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.RequestId;
import java.util.Collections;
import org.junit.jupiter.api.Test;

/// How large the answers of a node are.
final class ToldTest {
    /// The smallest `maxFrame` that a cluster service can be given.
    private static final int SMALLEST_FRAME = 64 * 1024;

    @Test
    void theSmallestFrameHasRoomForAllLostRequests() {
        var largest = Collections.nCopies(1_000, new RequestId(Long.MIN_VALUE, Long.MIN_VALUE));
        assertThat(Told.CODEC.encode(new Told.LostRequests(largest))).hasSizeLessThan(SMALLEST_FRAME / 2);
    }
}
