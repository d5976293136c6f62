package io.legion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import io.legion.core.IndexRecord;
import io.legion.core.PartitionKey;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SearchRangeTest {
    private static final byte[] HIGHEST = new byte[Tag.MAX_BYTES];

    static {
        java.util.Arrays.fill(HIGHEST, (byte) 0xff);
    }

    private static final List<Tag> TAGS = List.of(
            Tag.of("ca"),
            Tag.of("cents"),
            Tag.of("cents", Long.MIN_VALUE),
            Tag.of("cents", -1),
            Tag.of("cents", 0),
            Tag.of("cents", 99),
            Tag.of("cents", 100),
            Tag.of("cents", Long.MAX_VALUE),
            Tag.of("name", ""),
            Tag.of("name", "a"),
            Tag.of("name", "ab"),
            Tag.of("name", "ab\u0000"),
            Tag.of("name", "abz"),
            Tag.of("name", "ac"),
            Tag.of("name", "\uffff"),
            Tag.of("names", "ab"),
            new Tag(Bytes.wrap(HIGHEST)));

    private static List<Tag> found(Search search) {
        return TAGS.stream()
                .map(tag -> new IndexRecord(tag, PartitionKey.of("p")))
                .filter(record -> search.start().isBefore(record) && !search.isPast(record.tag()))
                .map(IndexRecord::tag)
                .toList();
    }

    private static List<Tag> cents(long... values) {
        return java.util.Arrays.stream(values)
                .mapToObj(value -> Tag.of("cents", value))
                .toList();
    }

    private static List<Tag> names(String... values) {
        return Stream.of(values).map(value -> Tag.of("name", value)).toList();
    }

    @Test
    void aRangeOfNumbersHasTheNumbersOfItsNameAlone() {
        assertThat(found(Search.atLeast("cents", 0))).isEqualTo(cents(0, 99, 100, Long.MAX_VALUE));
        assertThat(found(Search.below("cents", 100))).isEqualTo(cents(Long.MIN_VALUE, -1, 0, 99));
        assertThat(found(Search.between("cents", -1, 100))).isEqualTo(cents(-1, 0, 99));
        assertThat(found(Search.between("cents", 100, -1))).isEmpty();
        assertThat(found(Search.named("cents"))).isEqualTo(cents(Long.MIN_VALUE, -1, 0, 99, 100, Long.MAX_VALUE));
    }

    @Test
    void aRangeOfTextsHasTheTextsOfItsNameAlone() {
        assertThat(found(Search.named("name"))).isEqualTo(names("", "a", "ab", "ab\u0000", "abz", "ac", "\uffff"));
        assertThat(found(Search.prefix("name", "ab"))).isEqualTo(names("ab", "ab\u0000", "abz"));
        assertThat(found(Search.atLeast("name", "abz"))).isEqualTo(names("abz", "ac", "\uffff"));
        assertThat(found(Search.below("name", "ab"))).isEqualTo(names("", "a"));
        assertThat(found(Search.between("name", "ab", "ac"))).isEqualTo(names("ab", "ab\u0000", "abz"));
    }

    @Test
    void aTagAloneIsFoundAlone() {
        for (var tag : TAGS) {
            assertThat(found(Search.of(tag))).containsExactly(tag);
        }
        assertThat(found(Search.all())).isEqualTo(TAGS);
        assertThat(found(Search.between(Tag.of("cents"), Tag.of("name")))).hasSize(7);
    }

    @Test
    void aTokenLeadsOnAndIsRefusedWhereItDoesNotBelong() {
        var search = Search.between("cents", 0, 100).limit(7);
        var last = new IndexRecord(Tag.of("cents", 99), PartitionKey.of(new byte[] {0, -1, 7}));
        var token = SearchTag.after(last).text();
        assertThat(token).matches("[A-Za-z0-9_-]+");
        var next = search.after(token);
        assertThat(next.start()).isEqualTo(SearchTag.after(last));
        assertThat(next.end()).isEqualTo(search.end());
        assertThat(next.limit()).isEqualTo(7);
        for (var wrong : List.of("", "no token", "AAA", token.substring(0, 5), token + "=", "____")) {
            assertThatThrownBy(() -> search.after(wrong)).as(wrong).isInstanceOf(IllegalArgumentException.class);
        }
        for (var other : List.of(Search.named("name"), Search.atLeast("cents", 100), Search.below("cents", 99))) {
            assertThatThrownBy(() -> other.after(token)).hasMessageContaining("another search");
        }
    }

    @Test
    void aLimitOutOfRangeIsRefused() {
        assertThatThrownBy(() -> Search.all().limit(0)).hasMessageContaining("from 1 to 10000, not 0");
        assertThatThrownBy(() -> Search.all().limit(10_001)).hasMessageContaining("10001");
    }
}
