package io.legion.discovery.plain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import io.legion.discovery.TestRegistry;
import io.legion.discovery.service.Snapshots;
import io.legion.http.ApiReply;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchersTest {
    private static final int PLACES = 4;

    private final ManualClock clock = new ManualClock();
    private final RecordingLogger logger = RecordingLogger.open();
    private final RecordingMonitor monitor = RecordingMonitor.open();
    private final Snapshots snapshots = new Snapshots(new InMemoryApplications(clock), Duration.ZERO, clock);
    private final Watchers watchers = Watchers.open(TestRegistry.watching(PLACES), snapshots, logger, monitor);

    @AfterEach
    void close() {
        watchers.close();
        logger.close();
    }

    @Test
    void aPlaceIsGivenBackByAStreamThatNeverBegins() throws IOException {
        var all = watch("10.0.0.1", PLACES);
        assertThat(watch("10.0.0.1").status()).isEqualTo(503);
        requireNonNull(all.getFirst().stream()).abandon();
        assertThat(watch("10.0.0.1").status()).isEqualTo(200);
    }

    @Test
    void oneAddressThatHasAllPlacesKeepsNobodyOut() throws IOException {
        var greedy = watch("10.0.0.1", PLACES);
        assertThat(watch("10.0.0.1").status()).isEqualTo(503);
        assertThat(watch("10.0.0.2").status()).isEqualTo(200);
        assertThat(written(greedy.getLast())).contains("event: cut", "yours has the most streams");
        assertThat(watch("10.0.0.1").status())
                .as("it does not win its place back")
                .isEqualTo(503);
    }

    @Test
    void whereAllHaveTheSameNobodyLosesAPlace() throws IOException {
        watch("10.0.0.1", PLACES / 2);
        watch("10.0.0.2", PLACES / 2);
        assertThat(watch("10.0.0.2").status()).isEqualTo(503);
        assertThat(watch("10.0.0.3").status())
                .as("with one it has less than two")
                .isEqualTo(200);
        assertThat(watch("10.0.0.3").status()).isEqualTo(503);
    }

    @Test
    void oneHostWithManyAddressesOfIpv6CountsAsOne() throws IOException {
        for (int i = 0; i < PLACES; i++) {
            assertThat(watch("2001:db8:1:2::" + i).status()).isEqualTo(200);
        }
        assertThat(watch("2001:db8:1:2:ffff::1").status()).isEqualTo(503);
        assertThat(watch("2001:db8:1:3::1").status()).isEqualTo(200);
    }

    @Test
    void noAddressHasMoreThanItsOwnBoundEvenIfOthersAreFree() throws IOException {
        var config =
                new Watchers.Config(Duration.ofSeconds(1), PLACES, 1, 10, Duration.ofMinutes(1), Duration.ofSeconds(1));
        try (var narrow = Watchers.open(config, snapshots, logger, monitor)) {
            var address = InetAddress.getByName("10.0.0.1");
            assertThat(narrow.watch(Set.of(), Optional.empty(), address).status())
                    .isEqualTo(200);
            assertThat(narrow.watch(Set.of(), Optional.empty(), address).status())
                    .isEqualTo(503);
        }
    }

    private List<ApiReply> watch(String address, int times) throws IOException {
        var replies = new ArrayList<ApiReply>();
        for (int i = 0; i < times; i++) {
            replies.add(watch(address));
            assertThat(replies.getLast().status()).isEqualTo(200);
        }
        return replies;
    }

    private ApiReply watch(String address) throws UnknownHostException {
        return watchers.watch(Set.of(), Optional.empty(), InetAddress.getByName(address));
    }

    private static String written(ApiReply reply) throws IOException {
        var out = new ByteArrayOutputStream();
        requireNonNull(reply.stream()).write(out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
