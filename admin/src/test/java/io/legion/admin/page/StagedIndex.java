package io.legion.admin.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// The index of a staged cluster, which pages as the service does: from a tag on, or after a record.
final class StagedIndex {
    private record Entry(String tag, String key) {
        Map<String, ?> json() {
            return StagedCluster.object("tag", tag, "key", key);
        }
    }

    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::tag).thenComparing(Entry::key);

    private final List<Entry> entries = new ArrayList<>();

    void add(String tag, String key) {
        entries.add(new Entry(tag, key));
        entries.sort(ORDER);
    }

    Object answer(Asked asked) {
        var found =
                entries.stream().filter(entry -> follows(entry, asked.query())).toList();
        var page = found.stream().limit(asked.number("limit", 100)).toList();
        return StagedCluster.object(
                "records",
                page.stream().map(Entry::json).toList(),
                "next",
                page.size() == found.size()
                        ? null
                        : StagedCluster.object(
                                "after",
                                page.getLast().tag(),
                                "afterKey",
                                page.getLast().key()));
    }

    private static boolean follows(Entry entry, Map<String, String> query) {
        var from = query.getOrDefault("after", "");
        var key = query.get("afterKey");
        return key == null ? entry.tag.compareTo(from) >= 0 : ORDER.compare(entry, new Entry(from, key)) > 0;
    }
}
