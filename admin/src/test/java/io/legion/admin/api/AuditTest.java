package io.legion.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.http.ApiRequest;
import io.legion.service.ConsoleLogger;
import io.legion.service.Logger.Priority;
import io.legion.service.RecordingLogger;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AuditTest {
    private static final int MANY = 100_000;
    private static final String WRONG_TOKEN = "was refused (401)";
    private static final String COUNT = "more requests were refused (401, 403 or 421) without a line here";

    private final AtomicLong nanos = new AtomicLong();
    private final RecordingLogger logger = RecordingLogger.open();
    private final Audit audit = new Audit(logger, nanos::get);

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException never) {
            throw new AssertionError(never);
        }
    }

    private void wrongToken(String from) {
        audit.unknown(address(from), "GET", "/cluster");
    }

    private int lines(String part) {
        return logger.messages(Priority.WARNING, part).size();
    }

    @Test
    void manyWrongTokensOfOneAddressAreAFewLinesAMinute() {
        for (int i = 0; i < MANY; i++) {
            wrongToken("192.0.2.1");
        }
        assertThat(lines("192.0.2.1 " + WRONG_TOKEN)).isEqualTo(RefusalBudget.OF_A_BLOCK);
        assertThat(lines(COUNT)).isZero();
        wrongToken("192.0.2.2");
        assertThat(lines("192.0.2.2 " + WRONG_TOKEN)).isEqualTo(1);
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        wrongToken("192.0.2.1");
        assertThat(lines("192.0.2.1 " + WRONG_TOKEN)).isEqualTo(RefusalBudget.OF_A_BLOCK + 1);
        assertThat(lines((MANY - RefusalBudget.OF_A_BLOCK) + " " + COUNT)).isEqualTo(1);
        assertThat(lines(COUNT)).isEqualTo(1);
    }

    @Test
    void addressesThatOneHostMayHaveAllOfShareTheirLines() {
        for (int i = 0; i < 1_000; i++) {
            wrongToken("2001:db8:0:1::" + Integer.toHexString(i));
        }
        assertThat(lines(WRONG_TOKEN)).isEqualTo(RefusalBudget.OF_A_BLOCK);
    }

    @Test
    void manyAddressesTogetherAreBoundedToo() {
        for (int i = 0; i < 1_000; i++) {
            wrongToken("10.0." + i / 250 + "." + i % 250);
        }
        assertThat(lines(WRONG_TOKEN)).isEqualTo(RefusalBudget.OF_ALL);
        audit.close();
        assertThat(lines(1_000 - RefusalBudget.OF_ALL + " " + COUNT)).isEqualTo(1);
    }

    @Test
    void pagesOfOtherSitesDoNotBuryWhatWasOrdered() {
        var order = order(Map.of());
        for (int i = 0; i < MANY; i++) {
            audit.refused(order, 403, "a page of another site has sent this");
        }
        assertThat(lines("was refused an order (403)")).isEqualTo(RefusalBudget.OF_A_BLOCK);
        audit.refused(order, 409, "the node is the last one");
        assertThat(lines("was refused an order (409): POST /force: the node is the last one"))
                .isEqualTo(1);
    }

    @Test
    void whatComesAfterADryRunIsKnownByItsLine() {
        audit.refused(order(Map.of("dryRun", List.of("true"))), 404, "there is no node");
        audit.failed(order(Map.of()), new IllegalStateException("why"));
        assertThat(lines("(the bearer of the token) was refused an order (404, dry run): POST /force"))
                .isEqualTo(1);
        assertThat(lines("gave an order that failed, and that may be carried out in whole or in part: POST /force"))
                .isEqualTo(1);
    }

    @Test
    void anOrderLeavesItsLineWhateverTheThreshold() {
        var bytes = new ByteArrayOutputStream();
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var config = new ConsoleLogger.Config(Priority.ERROR);
        try (var quiet = ConsoleLogger.open(config, stream, InstantSource.system())) {
            new Audit(quiet, nanos::get).refused(order(Map.of()), 409, "it is the last one");
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("ERROR audit: ", "POST /force: it is the last one");
    }

    private static ApiRequest order(Map<String, List<String>> query) {
        return new ApiRequest(
                "POST",
                List.of("force"),
                query,
                _ -> Optional.empty(),
                new byte[0],
                address("192.0.2.9"),
                "the bearer of the token",
                Map.of());
    }
}
