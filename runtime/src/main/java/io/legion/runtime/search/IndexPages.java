package io.legion.runtime.search;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.runtime.frame.Page;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The index records of one type after a position, fetched a page at a time.
///
/// For one thread. What the source of the pages throws ends the iteration.
public final class IndexPages implements Iterator<IndexRecord> {
    private static final int PAGE = 512;

    /// Gives a page of at most `limit` records strictly greater than a position.
    public interface Source {
        Page page(SearchTag from, int limit);
    }

    private final Source source;
    private final Deque<IndexRecord> page = new ArrayDeque<>(PAGE);
    private SearchTag position;
    private boolean last;

    public IndexPages(Source source, SearchTag from) {
        this.source = source;
        this.position = from;
    }

    @Override
    public boolean hasNext() {
        while (page.isEmpty() && !last) {
            fetch();
        }
        return !page.isEmpty();
    }

    @Override
    public IndexRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.remove();
    }

    private void fetch() {
        Page fetched = source.page(position, PAGE);
        page.addAll(fetched.records());
        last = fetched.end();
        if (!page.isEmpty()) {
            position = SearchTag.after(page.getLast());
        }
    }
}
