package io.legion.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What clients send is never a fault of the server, leaves nothing behind and fills no log.
@Timeout(value = 900, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MalformedRequestsTest {
    private static final int COUNT = Integer.getInteger("legion.http.malformed", 20_000);
    private static final long SEED = Long.getLong("legion.http.seed", 14);

    @Test
    void noneIsAFaultOfTheServer() throws InterruptedException, ExecutionException {
        var outcome = MalformedRequestsMain.run(COUNT, SEED);
        System.out.println(outcome);
        assertThat(outcome.holds()).as(outcome.toString()).isTrue();
    }
}
