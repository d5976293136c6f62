package io.legion.admin.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.legion.operations.UnreachableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoundedCallsTest {
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final BoundedCalls calls = new BoundedCalls(PATIENCE, "It hangs.");
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();

    private int hang() {
        int number = begun.incrementAndGet();
        try {
            goesOn.await();
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
        return number;
    }

    private UnreachableException silent() {
        var thrown = catchThrowableOfType(UnreachableException.class, () -> calls.call(PATIENCE, this::hang));
        assertThat(thrown).hasMessage("It hangs.");
        return thrown;
    }

    @Test
    void ofACallThatHangsNobodyKnowsWhatComesAndTheNextOneIsNotBegun() {
        try {
            assertThat(silent().mayHaveBeenAsked()).isTrue();
            assertThat(silent().mayHaveBeenAsked()).isFalse();
        } finally {
            goesOn.countDown();
        }
        assertThat(begun).hasValue(1);
    }
}
