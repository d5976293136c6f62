package io.legion.core.codec;

import io.legion.core.CodecException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One of several records: the hash of the alternative's name and its fields.
///
/// @param byClass looked up only, never iterated
/// @param hashes all hashes in ascending order
/// @param shapes the alternative of each of `hashes`
/// @param isFixed whether all of them are
@SuppressWarnings("ArrayRecordComponent") // shapes are never compared or shown
record SealedShape(
        String name, Map<Class<?>, Alternative> byClass, int[] hashes, List<Alternative> shapes, boolean isFixed)
        implements Shape.Body {

    /// A record and the hash of its name.
    ///
    /// @param since the version that brought it
    /// @param isWritten false if the version whose bytes are written does not have it yet
    record Alternative(Class<?> type, String wireName, int hash, Shape.Body shape, int since, boolean isWritten) {}

    /// @param alternatives in ascending order of their hashes
    static SealedShape of(String name, List<Alternative> alternatives) {
        Map<Class<?>, Alternative> byClass = new HashMap<>();
        alternatives.forEach(each -> byClass.put(each.type(), each));
        int[] hashes = alternatives.stream().mapToInt(Alternative::hash).toArray();
        boolean isFixed = alternatives.stream().allMatch(each -> each.shape().isFixed());
        return new SealedShape(name, byClass, hashes, List.copyOf(alternatives), isFixed);
    }

    @Override
    public Object ownInside(@Nullable Object before, Object value, int levels) {
        return alternative(value).shape().own(before, value, levels);
    }

    private Alternative alternative(Object value) {
        Alternative alternative = byClass.get(value.getClass());
        if (alternative == null) {
            throw new CodecException(value.getClass().getName() + " is no alternative of " + name);
        }
        return alternative;
    }

    @Override
    public void writeBody(Object value, WireOutput out) {
        Alternative alternative = alternative(value);
        if (!alternative.isWritten()) {
            throw Sinces.notYet(alternative.wireName(), alternative.since());
        }
        out.fixed32(alternative.hash());
        alternative.shape().writeBody(value, out);
    }

    @Override
    public void writeBodyGrowth(Object before, Object after, WireOutput out) {
        Alternative alternative = byClass.get(after.getClass());
        if (alternative == null || !alternative.isWritten() || before.getClass() != after.getClass()) {
            writeBody(after, out);
        } else {
            alternative.shape().writeBodyGrowth(before, after, out);
        }
    }

    @Override
    public Object readBody(WireInput in) {
        int at = Arrays.binarySearch(hashes, in.fixed32());
        if (at < 0) {
            throw new CodecException("an alternative that this version of " + name
                    + " does not know: was it written by a newer version, or removed?");
        }
        return shapes.get(at).shape().readBody(in);
    }
}
