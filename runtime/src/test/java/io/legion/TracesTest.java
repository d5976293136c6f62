package io.legion;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Consistency;
import io.legion.core.PartitionKey;
import io.legion.service.RecordingTracer.Ended;
import io.legion.service.RecordingTracer.Kind;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The spans of requests: whose part each is, on the nodes that the request comes to.
@Timeout(120)
final class TracesTest {
    @Test
    void aRequestThatItsNodeServesHasTheWriteToTheStoreAsItsPart() {
        try (var banks = ThreeBanks.open()) {
            var key = servedBy(banks, 0);
            banks.node(0).partitions(Account.TYPE).of(key).request(new Account.Deposit(1), Consistency.FAST);

            var spans = banks.tracer(0).ended();
            assertThat(spans).extracting(Ended::name).containsExactly("legion.store.write", "legion.request");
            var request = spans.getLast();
            assertThat(request.parent()).isNull();
            assertThat(request.failure()).isNull();
            assertThat(request.tags())
                    .containsEntry("legion.type", "account")
                    .containsEntry("legion.consistency", "FAST")
                    .containsKey("legion.shard");
            assertThat(spans.getFirst().parent()).isEqualTo(request.context());
        }
    }

    @Test
    void aRequestThatAnotherNodeServesIsOneTraceOfBoth() {
        try (var banks = ThreeBanks.open()) {
            var key = servedBy(banks, 1);
            banks.node(0).partitions(Account.TYPE).of(key).request(new Account.Deposit(1), Consistency.DURABLE);

            ThreeBanks.soon(
                    "both have told",
                    () -> banks.tracer(0).ended().size() == 2
                            && banks.tracer(1).ended().size() == 2);
            var hop = banks.tracer(0).ended().getFirst();
            var request = banks.tracer(0).ended().getLast();
            var serve = only(banks.tracer(1).ended(), "legion.serve");
            var write = only(banks.tracer(1).ended(), "legion.store.write");
            assertThat(hop.name()).isEqualTo("legion.hop");
            assertThat(hop.tags())
                    .containsEntry("legion.node", banks.node(1).node().toString());
            assertThat(hop.parent()).isEqualTo(request.context());
            assertThat(serve.parent()).isEqualTo(hop.context());
            assertThat(List.of(request, hop, serve, write))
                    .extracting(Ended::kind)
                    .containsExactly(Kind.INTERNAL, Kind.CLIENT, Kind.SERVER, Kind.INTERNAL);
            assertThat(write.parent()).isEqualTo(serve.context());
            assertThat(List.of(hop, request, serve, write))
                    .extracting(span -> span.context().traceLow())
                    .containsOnly(request.context().traceLow());
        }
    }

    @Test
    void aRequestWithoutAnAnswerEndsItsSpanAsFailed() {
        try (var banks = ThreeBanks.open()) {
            banks.cutOff(0);
            var alone = banks.node(0).partitions(Account.TYPE).of("bob").within(Duration.ofMillis(300));
            assertThatThrownBy(() -> alone.request(new Account.Deposit(1), Consistency.FINAL))
                    .isInstanceOf(RequestException.class);
            assertThat(requireNonNull(
                            only(banks.tracer(0).ended(), "legion.request").failure()))
                    .contains("TimedOut");
        }
    }

    @Test
    void anAsynchronousRequestIsTracedToo() {
        try (var banks = ThreeBanks.open()) {
            banks.node(0)
                    .partitions(Account.TYPE)
                    .of(servedBy(banks, 0))
                    .requestAsync(new Account.Deposit(1), Consistency.FAST)
                    .toCompletableFuture()
                    .join();
            assertThat(only(banks.tracer(0).ended(), "legion.request").failure())
                    .isNull();
        }
    }

    private static Ended only(List<Ended> spans, String name) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static PartitionKey servedBy(ThreeBanks banks, int number) {
        var accounts = banks.node(number).partitions(Account.TYPE);
        return IntStream.range(0, 1_000)
                .mapToObj(i -> PartitionKey.of("account-" + i))
                .filter(key -> accounts.of(key).isServedHere())
                .findFirst()
                .orElseThrow();
    }
}
