package io.legion.discovery;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Tests of what the registry answers over HTTP: each has one of its own, and its clock.
public abstract class WithRegistry {
    protected final ManualClock clock = new ManualClock();
    protected TestRegistry registry;

    @BeforeEach
    void open() throws IOException {
        registry = new TestRegistry(clock);
    }

    @AfterEach
    void close() {
        registry.close();
    }
}
