package io.legion.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients send is never a fault of the server, leaves nothing behind and fills no log.
/// [MalformedRequestsMain] sends a million.
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MalformedRequestsTest {
    private static final int COUNT = Integer.getInteger("legion.http.malformed", 20_000);

    @Test
    void noneIsAFaultOfTheServer() throws InterruptedException, ExecutionException {
        var outcome = MalformedRequestsMain.run(COUNT, 14);
        assertThat(outcome.holds()).as(outcome.toString()).isTrue();
    }
}
