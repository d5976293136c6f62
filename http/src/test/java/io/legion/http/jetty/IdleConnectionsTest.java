package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Connections that only keep the server waiting end in time, and others do not wait for them.
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IdleConnectionsTest {
    private static final int COUNT = Integer.getInteger("legion.http.idle", 500);
    private static final String DEADLINES = System.getProperty("legion.http.deadlines", "2s");

    @Test
    void theyEndInTimeAndOthersDoNotWaitForThem() throws IOException, InterruptedException {
        var outcome = IdleConnectionsMain.run(COUNT, DEADLINES);
        System.out.println(outcome);
        assertThat(outcome.faults()).as(outcome.toString()).isEmpty();
    }
}
