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
    /// Gives a page of at most `limit` records strictly greater than a search tag.
    public interface Source {
        Page page(SearchTag from, int limit);
    }

    private final Source source;
    private final int limit;
    private final Deque<IndexRecord> page = new ArrayDeque<>();
    private SearchTag position;
    private boolean last;

    /// @param limit the most records of a page
    public IndexPages(Source source, SearchTag from, int limit) {
        this.source = source;
        this.position = from;
        this.limit = limit;
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
        Page fetched = source.page(position, limit);
        page.addAll(fetched.records());
        last = fetched.end();
        if (!page.isEmpty()) {
            position = SearchTag.after(page.getLast());
        }
    }
}
