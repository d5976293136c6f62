package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Answer;
import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.Codec;
import io.legion.core.Consistency;
import io.legion.core.Event;
import io.legion.core.EventCodecs;
import io.legion.core.EventContext;
import io.legion.core.PartitionKey;
import io.legion.core.PartitionType;
import io.legion.core.Tag;
import io.legion.memory.SoloCluster;
import io.legion.runtime.lane.TestLanes;
import io.legion.service.RecordingLogger;
import io.legion.service.RecordingMonitor;
import io.legion.spi.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is in a state is the state's own: nobody else can change it.
final class OwnStateTest {
    private record Basket(List<String> items) {
        static final PartitionType<Basket> TYPE =
                PartitionType.named("basket", new Basket(List.of())).events(Change.class);
    }

    private sealed interface Change<O> extends Event<Basket, O> {}

    private record Fill(List<String> items) implements Change<List<String>> {
        @Override
        public Applied<Basket, List<String>> apply(Basket state, EventContext context) {
            return Applied.of(new Basket(items), items);
        }
    }

    private record Add(String item) implements Change<List<String>> {
        @Override
        public Applied<Basket, List<String>> apply(Basket state, EventContext context) {
            var next = new ArrayList<>(state.items());
            next.add(item);
            return Applied.of(new Basket(next), next);
        }
    }

    private static Legion open(Store store) {
        return open(store, Basket.TYPE);
    }

    private static Legion open(Store store, PartitionType<?> type) {
        var settings = Legion.named("bank").shards(4).settings();
        return Legion.with(settings)
                .store(store)
                .cluster(SoloCluster.open())
                .logger(RecordingLogger.open())
                .monitor(RecordingMonitor.open())
                .open(type);
    }

    /// The caller goes on using the list, as a buffer that is cleared for the next event.
    @ParameterizedTest
    @EnumSource(Consistency.class)
    void aListInAnEventStaysTheCallersAndTheStateHasItsOwn(Consistency consistency) {
        var store = TestLanes.memory();
        try (var legion = open(store)) {
            var baskets = legion.partitions(Basket.TYPE);
            var buffer = new ArrayList<>(List.of("bread", "milk", "salt"));
            baskets.of("anna").request(new Fill(buffer), consistency);
            buffer.clear();
            assertThat(baskets.of("anna").read(Consistency.FAST).items()).containsExactly("bread", "milk", "salt");
            assertThat(baskets.of("anna").request(new Add("tea"), consistency).output())
                    .containsExactly("bread", "milk", "salt", "tea");
        }
        try (var legion = open(store)) {
            assertThat(legion.partitions(Basket.TYPE)
                            .of("anna")
                            .read(Consistency.FAST)
                            .items())
                    .hasSize(4);
        }
    }

    /// The event is applied later, on a thread of Legion's: the caller's list is empty by then.
    @ParameterizedTest
    @EnumSource(Consistency.class)
    void anAsynchronousCallHasTheListAsItWasWhenTheCallWasMade(Consistency consistency) {
        try (var legion = open(TestLanes.memory())) {
            var anna = legion.partitions(Basket.TYPE).of("anna");
            var stages = new ArrayList<CompletionStage<Answer<List<String>>>>();
            var buffer = new ArrayList<String>();
            for (int i = 0; i < 100; i++) {
                buffer.add("bread " + i);
                stages.add(anna.requestAsync(new Fill(buffer), consistency));
                buffer.clear();
            }
            for (int i = 0; i < 100; i++) {
                assertThat(stages.get(i).toCompletableFuture().join().output()).containsExactly("bread " + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void anOutputSharesNothingWithTheState(Consistency consistency) {
        try (var legion = open(TestLanes.memory())) {
            var baskets = legion.partitions(Basket.TYPE);
            var output = baskets.of("anna").request(new Add("tea"), consistency).output();
            assertThat(output)
                    .isNotSameAs(baskets.of("anna").read(Consistency.FAST).items());
            try {
                output.clear();
            } catch (UnsupportedOperationException unmodifiable) {
                assertThat(output).hasSize(1);
            }
            assertThat(baskets.of("anna").read(Consistency.FAST).items()).containsExactly("tea");
        }
    }

    /// An apply that goes on using what it has put into a state.
    private record Batch(String item) implements Change<List<String>> {
        private static final List<String> BUFFER = new ArrayList<>();

        @Override
        public Applied<Basket, List<String>> apply(Basket state, EventContext context) {
            BUFFER.clear();
            BUFFER.addAll(state.items());
            BUFFER.add(item);
            return Applied.of(new Basket(BUFFER), BUFFER);
        }
    }

    @Test
    void aListThatAnApplyGoesOnUsingIsNotInAnyState() {
        try (var legion = open(TestLanes.memory())) {
            var baskets = legion.partitions(Basket.TYPE);
            baskets.of("anna").request(new Batch("tea"), Consistency.FINAL);
            baskets.of("bert").request(new Batch("milk"), Consistency.FINAL);
            assertThat(baskets.of("anna").read(Consistency.FINAL).items()).containsExactly("tea");
            assertThat(baskets.of("bert").read(Consistency.FINAL).items()).containsExactly("milk");
        }
    }

    private record Spoil(String item) implements Change<List<String>> {
        @Override
        public Applied<Basket, List<String>> apply(Basket state, EventContext context) {
            state.items().add(item);
            return Applied.of(state, state.items());
        }
    }

    /// One customer's item would be in every partition.
    @Test
    void aMutableInitialStateIsSharedByNobody() {
        var given = new ArrayList<>(List.of("salt"));
        var type = PartitionType.named("basket", new Basket(given)).events(Change.class);
        given.add("pepper");
        try (var legion = open(TestLanes.memory(), type)) {
            var baskets = legion.partitions(type);
            var spoilt = baskets.of("anna").request(new Spoil("tea"), Consistency.FINAL);
            assertThatThrownBy(spoilt::output).hasMessageContaining("UnsupportedOperationException");
            assertThat(baskets.of("anna").read(Consistency.FINAL).items()).containsExactly("salt");
            assertThat(baskets.of("bert").read(Consistency.FINAL).items()).containsExactly("salt");
        }
    }

    @Test
    void aReaderCanNotChangeAState() {
        try (var legion = open(TestLanes.memory())) {
            var anna = legion.partitions(Basket.TYPE).of("anna");
            anna.request(new Add("tea"), Consistency.FAST);
            assertThatThrownBy(() -> anna.read(Consistency.FAST).items().clear())
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(() -> anna.readAsync(Consistency.FINAL)
                            .toCompletableFuture()
                            .join()
                            .items()
                            .clear())
                    .isInstanceOf(UnsupportedOperationException.class);
            assertThat(anna.read(Consistency.FINAL).items()).containsExactly("tea");
        }
    }

    /// Written and read by a codec of its own, and open to everybody.
    private static final class Page {
        final StringBuilder text;

        Page(String text) {
            this.text = new StringBuilder(text);
        }
    }

    private static final Codec<Page> PAGES = new Codec<>() {
        @Override
        public byte[] encode(Page page) {
            return Bytes.of(page.text.toString()).toArray();
        }

        @Override
        public Page decode(byte[] bytes) {
            return new Page(Bytes.copyOf(bytes).text());
        }
    };

    private static final List<Page> KEPT = new ArrayList<>();

    private record Write(String text, boolean fails) implements Event<Page, Long> {
        @Override
        public Applied<Page, Long> apply(Page page, EventContext context) {
            page.text.append(text);
            KEPT.add(page);
            if (fails) {
                throw new IllegalStateException("after it has changed the state");
            }
            return Applied.of(page, (long) page.text.length());
        }
    }

    private static final PartitionType<Page> PAGE = PartitionType.named("page", new Page(""))
            .events(PAGES, EventCodecs.derived(Write.class))
            .index(page -> {
                String text = page.text.toString();
                page.text.append("from the index");
                KEPT.add(page);
                return Set.of(Tag.of("text", text));
            });

    @Test
    void aStateThatAnybodyCanChangeIsCopiedForEachOfThem() {
        var store = TestLanes.memory();
        try (var legion = open(store, PAGE)) {
            var pages = legion.partitions(PAGE);
            pages.of("a").request(new Write("one", false), Consistency.FINAL);
            pages.of("b").request(new Write("other", true), Consistency.FINAL);
            assertThat(pages.search(Search.all()).records()).hasSize(1);
            KEPT.forEach(page -> page.text.append("later"));
            pages.of("a").read(Consistency.FINAL).text.append("from a reader");
            assertThat(pages.of("a").read(Consistency.FAST).text).hasToString("one");
            assertThat(pages.of("b").read(Consistency.FAST).text).hasToString("");
            assertThat(pages.of("a")
                            .request(new Write("two", false), Consistency.FINAL)
                            .output())
                    .isEqualTo(6);
        }
        try (var legion = open(store, PAGE)) {
            assertThat(legion.partitions(PAGE).of("a").read(Consistency.FINAL).text)
                    .hasToString("onetwo");
        }
    }

    /// An event that the codec has read is kept, and applied again when another one lands before it.
    @SuppressWarnings("ArrayRecordComponent") // what is tested
    private record Raw(byte[] bytes) {}

    @SuppressWarnings("ArrayRecordComponent")
    private record Shift(byte[] by) implements Event<Raw, Bytes> {
        @Override
        public Applied<Raw, Bytes> apply(Raw state, EventContext context) {
            by[0]++;
            byte[] next = state.bytes();
            next[0] += by[0];
            return Applied.of(new Raw(next), Bytes.wrap(next));
        }
    }

    @Test
    void anArrayInAnEventOrAStateIsCopiedToo() {
        var type = PartitionType.named("raw", new Raw(new byte[1])).events(Shift.class);
        try (var legion = open(TestLanes.memory(), type)) {
            var raw = legion.partitions(type).of("a");
            byte[] by = {1};
            assertThat(raw.request(new Shift(by), Consistency.FINAL).output().at(0))
                    .isEqualTo((byte) 2);
            assertThat(by).containsExactly(1);
            raw.read(Consistency.FAST).bytes()[0] = 9;
            assertThat(raw.read(Consistency.FINAL).bytes()).containsExactly(2);
            assertThat(type.initial().bytes()).containsExactly(0);
        }
    }

    @Test
    void aTagIsItsOwnToo() {
        byte[] array = {'a'};
        var tag = new Tag(Bytes.wrap(array));
        var key = new PartitionKey(Bytes.wrap(array));
        array[0] = 'b';
        assertThat(tag).isEqualTo(Tag.of("a"));
        assertThat(key).isEqualTo(PartitionKey.of("a"));
    }
}
