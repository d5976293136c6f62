package io.legion.runtime.client;

import io.legion.core.IndexRecord;
import io.legion.core.SearchTag;
import io.legion.runtime.frame.Page;
import io.legion.runtime.host.Input;
import io.legion.runtime.host.Node;
import io.legion.runtime.lane.NoAnswer;
import io.legion.runtime.search.SearchWaiter;
import java.util.List;

/// One search for a page of the index: an input of the node, and the waiter for the page.
record PageCall(int type, SearchTag from, int limit, long deadlineMillis, ReplyTo<Page> to)
        implements Input, SearchWaiter {
    @Override
    public void enter(Node node, long nowMillis) {
        node.search(type, from, limit, this, nowMillis);
    }

    @Override
    public void yielded(List<IndexRecord> records, boolean end) {
        to.fill(new Page(records, end));
    }

    @Override
    public void failed(NoAnswer none) {
        to.fail(none);
    }
}
