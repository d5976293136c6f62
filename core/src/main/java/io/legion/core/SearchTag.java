package io.legion.core;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Optional;

/// Where a search starts: it yields the index records *strictly greater* than this tag and key.
///
/// Without a key it lies before every record of the tag, so a search from a tag begins with that
/// tag's records; with a key it lies exactly at that record, so a search goes on after it. Ordered as the
/// records are.
public record SearchTag(Tag tag, Optional<PartitionKey> key) implements Comparable<SearchTag> {
    /// Before the first record of all.
    public static final SearchTag START = from(new Tag(Bytes.EMPTY));

    /// Before the first record of this tag.
    public static SearchTag from(Tag tag) {
        return new SearchTag(tag, Optional.empty());
    }

    /// Just after this record: where a search continues that has seen `last`.
    public static SearchTag after(IndexRecord last) {
        return new SearchTag(last.tag(), Optional.of(last.key()));
    }

    /// True if the record is strictly greater than this search tag, that is, if a search from here yields it.
    public boolean isBefore(IndexRecord record) {
        int byTag = tag.compareTo(record.tag());
        return byTag != 0
                ? byTag < 0
                : key.map(k -> k.compareTo(record.key()) < 0).orElse(true);
    }

    @Override
    public int compareTo(SearchTag other) {
        int byTag = tag.compareTo(other.tag);
        if (byTag != 0 || key.isEmpty() || other.key.isEmpty()) {
            return byTag != 0 ? byTag : Boolean.compare(key.isPresent(), other.key.isPresent());
        }
        return key.get().compareTo(other.key.get());
    }

    /// This search tag as a short text, fit for a URL or a header: [#parse] reads it.
    public String text() {
        byte[] name = tag.bytes().shared();
        byte[] rest = key.map(k -> k.bytes().shared()).orElse(new byte[0]);
        byte[] all = ByteBuffer.allocate(Short.BYTES + name.length + rest.length)
                .putShort((short) name.length)
                .put(name)
                .put(rest)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /// The search tag with this text.
    ///
    /// @throws IllegalArgumentException if [#text] did not make it
    public static SearchTag parse(String text) {
        try {
            var bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            var tag = new Tag(taken(bytes, bytes.getShort()));
            return bytes.hasRemaining()
                    ? new SearchTag(tag, Optional.of(new PartitionKey(taken(bytes, bytes.remaining()))))
                    : from(tag);
        } catch (IllegalArgumentException | BufferUnderflowException | NegativeArraySizeException wrong) {
            throw new IllegalArgumentException("this is not the text of a search tag: '" + text + "'", wrong);
        }
    }

    private static Bytes taken(ByteBuffer from, int count) {
        byte[] taken = new byte[count];
        from.get(taken);
        return Bytes.wrap(taken);
    }
}
