package io.legion.runtime.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.runtime.frame.Page;
import io.legion.runtime.lane.NoAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// R67: a search yields the records after its search tag, in order and each once, merged over the nodes.
final class SearchCallTest {
    private static final int LIMIT = 4;

    private final Waiting waiting = new Waiting();
    private final SearchCall search = new SearchCall(1, SearchTag.after(record(1)), LIMIT, waiting);

    private static final class Waiting implements SearchWaiter {
        private final List<IndexRecord> records = new ArrayList<>();
        private boolean end;

        @Override
        public void yielded(List<IndexRecord> page, boolean isEnd) {
            records.addAll(page);
            end = isEnd;
        }

        @Override
        public void failed(NoAnswer none) {
            throw new IllegalStateException(none.toString());
        }

        @Override
        public long deadlineMillis() {
            return Long.MAX_VALUE;
        }
    }

    private static IndexRecord record(long number) {
        return new IndexRecord(Tag.of("number", number), PartitionKey.of("key" + number));
    }

    private static Page page(boolean end, long... numbers) {
        return new Page(LongStream.of(numbers).mapToObj(SearchCallTest::record).toList(), end);
    }

    private void yields(boolean end, long... numbers) {
        assertThat(waiting.records).containsExactlyElementsOf(page(end, numbers).records());
        assertThat(waiting.end).isEqualTo(end);
    }

    @Test
    void pagesOfSeveralNodesAreOneInOrder() {
        search.finish(List.of(page(true, 3, 5), page(true, 2, 4)));
        yields(true, 2, 3, 4, 5);
    }

    @Test
    void whatTwoNodesGiveIsThereOnce() {
        search.finish(List.of(page(true, 2, 3), page(true, 3, 4)));
        yields(true, 2, 3, 4);
    }

    @Test
    void theSearchTagItselfAndWhatIsBeforeItAreLeftOut() {
        search.finish(List.of(page(true, 0, 1, 2)));
        yields(true, 2);
    }

    @Test
    void nothingComesAfterTheEndOfTheShortestPage() {
        search.finish(List.of(page(false, 2, 3), page(true, 4, 5)));
        yields(false, 2, 3);
    }

    @Test
    void noMoreComeThanWereAskedFor() {
        search.finish(List.of(page(true, 2, 3, 4), page(true, 5, 6)));
        yields(false, 2, 3, 4, 5);
    }
}
