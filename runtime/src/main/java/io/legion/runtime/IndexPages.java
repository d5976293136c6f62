package io.legion.runtime;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;

/// The index records of one type after a position, fetched from the store a page at a time.
///
/// Owned by one thread. A store that fails ends it with a [StoreException].
public final class IndexPages implements Iterator<IndexRecord> {
    private static final int PAGE = 512;

    private final Store store;
    private final int type;
    private final Deque<IndexRecord> page = new ArrayDeque<>(PAGE);
    private SearchTag position;
    private boolean last;

    /// The records strictly greater than `from`.
    public IndexPages(Store store, int type, SearchTag from) {
        this.store = store;
        this.type = type;
        this.position = from;
    }

    @Override
    public boolean hasNext() {
        if (page.isEmpty() && !last) {
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
        byte[] end = ShardLayout.after(ShardLayout.typeOfIndex(type));
        store.scan(ShardLayout.afterPosition(type, position), end, (key, _) -> {
            page.add(ShardLayout.recordOf(key));
            return page.size() < PAGE;
        });
        last = page.size() < PAGE;
        if (!page.isEmpty()) {
            position = SearchTag.after(page.getLast());
        }
    }
}
