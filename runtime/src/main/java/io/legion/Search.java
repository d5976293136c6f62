package io.legion;

import io.legion.core.Bytes;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import java.util.Arrays;
import java.util.Optional;

/// What to look for in the index of a partition type: the records of a range of tags, in the order of tag and key.
///
/// ```java
/// Search.atLeast("cents", 100)                   // cents >= 100, and no other name's tags
/// Search.between("due", "2026-11", "2026-12")    // from the first, up to but without the second
/// Search.prefix("customer", "ab").limit(20)
/// search.after(page.next().orElseThrow())        // the next page
/// ```
///
/// A search never finds a record outside its range. For tags without a name use [#of] or [#between(Tag, Tag)].
///
/// @param start the records are strictly greater than this search tag
/// @param end their tags are less than this one; empty for no end
/// @param limit the most records of one page, from 1 to [#MAX_LIMIT]
public record Search(SearchTag start, Optional<Tag> end, int limit) {
    /// The most records that a page can have.
    public static final int MAX_LIMIT = 10_000;

    private static final int LIMIT = 500;

    /// @throws IllegalArgumentException if the limit is out of its range
    public Search {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("the limit of a search is from 1 to " + MAX_LIMIT + ", not " + limit);
        }
    }

    /// Every record.
    public static Search all() {
        return new Search(SearchTag.START, Optional.empty(), LIMIT);
    }

    /// The records with exactly this tag.
    public static Search of(Tag tag) {
        return startingAt(tag).until(next(tag));
    }

    /// The records whose tag has this name.
    public static Search named(String name) {
        return prefix(name, "");
    }

    /// The records of this name whose text begins with `prefix`.
    public static Search prefix(String name, String prefix) {
        var first = Tag.of(name, prefix);
        return startingAt(first).until(behindAllThatBeginWith(first));
    }

    /// The records of this name with at least this number.
    public static Search atLeast(String name, long least) {
        return named(name).startingWith(Tag.of(name, least));
    }

    /// The records of this name whose text is at least this one, in the order of UTF-8.
    public static Search atLeast(String name, String least) {
        return named(name).startingWith(Tag.of(name, least));
    }

    /// The records of this name with a smaller number.
    public static Search below(String name, long end) {
        return named(name).until(Tag.of(name, end));
    }

    /// The records of this name whose text is less than this one.
    public static Search below(String name, String end) {
        return named(name).until(Tag.of(name, end));
    }

    /// The records of this name with a number from `least` to one less than `end`.
    public static Search between(String name, long least, long end) {
        return between(Tag.of(name, least), Tag.of(name, end));
    }

    /// The records of this name whose text is at least `least` and less than `end`.
    public static Search between(String name, String least, String end) {
        return between(Tag.of(name, least), Tag.of(name, end));
    }

    /// The records whose tag is at least `least` and less than `end`; none if that is not greater.
    public static Search between(Tag least, Tag end) {
        return startingAt(least).until(end);
    }

    /// This search, with pages of at most this many records.
    ///
    /// @throws IllegalArgumentException if the limit is not from 1 to [#MAX_LIMIT]
    public Search limit(int most) {
        return new Search(start, end, most);
    }

    /// This search, from where a page of it ended.
    ///
    /// @param token the page's [SearchPage#next()]
    /// @throws IllegalArgumentException if the token is not one, or lies outside this search's range
    public Search after(String token) {
        var position = SearchTag.parse(token);
        if (position.compareTo(start) < 0 || isPast(position.tag())) {
            throw new IllegalArgumentException(
                    "the token '" + token + "' is of another search: it lies outside the range of this one");
        }
        return new Search(position, end, limit);
    }

    /// True if the tag lies behind the range.
    public boolean isPast(Tag tag) {
        return end.isPresent() && tag.compareTo(end.get()) >= 0;
    }

    private static Search startingAt(Tag least) {
        return all().startingWith(least);
    }

    private Search startingWith(Tag least) {
        return new Search(SearchTag.from(least), end, limit);
    }

    private Search until(Tag bound) {
        return until(Optional.of(bound));
    }

    private Search until(Optional<Tag> bound) {
        return new Search(start, bound, limit);
    }

    /// The least tag greater than this one; empty if there is none.
    private static Optional<Tag> next(Tag tag) {
        byte[] bytes = tag.bytes().toArray();
        return bytes.length < Tag.MAX_BYTES
                ? Optional.of(new Tag(Bytes.wrap(Arrays.copyOf(bytes, bytes.length + 1))))
                : behindAllThatBeginWith(tag);
    }

    /// The least tag greater than all that begin with this one's bytes; empty if there is none.
    private static Optional<Tag> behindAllThatBeginWith(Tag tag) {
        byte[] bytes = tag.bytes().toArray();
        int last = bytes.length - 1;
        while (last >= 0 && bytes[last] == (byte) 0xff) {
            last--;
        }
        if (last < 0) {
            return Optional.empty();
        }
        byte[] end = Arrays.copyOf(bytes, last + 1);
        end[last]++;
        return Optional.of(new Tag(Bytes.wrap(end)));
    }
}
