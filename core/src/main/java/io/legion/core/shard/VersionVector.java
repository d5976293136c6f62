package io.legion.core.shard;

import io.legion.core.ParticipantId;
import io.legion.core.codec.WireInput;
import io.legion.core.codec.WireOutput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// For each origin the sequence number up to which every event of it is held; 0 for an origin not named.
///
/// Immutable. Holds a handful of origins, so it is two small sorted arrays and every step is a scan.
final class VersionVector {
    static final VersionVector EMPTY = new VersionVector(new ParticipantId[0], new long[0]);

    private final ParticipantId[] origins;
    private final long[] sequences;

    private VersionVector(ParticipantId[] origins, long[] sequences) {
        this.origins = origins;
        this.sequences = sequences;
    }

    long get(ParticipantId origin) {
        for (int i = 0; i < origins.length; i++) {
            if (origins[i].equals(origin)) {
                return sequences[i];
            }
        }
        return 0;
    }

    int size() {
        return origins.length;
    }

    /// The origin of an entry, by its place from 0.
    ParticipantId origin(int place) {
        return origins[place];
    }

    /// The number of an entry, by its place from 0.
    long sequence(int place) {
        return sequences[place];
    }

    List<ParticipantId> origins() {
        return List.of(origins);
    }

    /// The same with this entry set; an entry of 0 is left out.
    VersionVector with(ParticipantId origin, long sequence) {
        for (int i = 0; i < origins.length; i++) {
            if (origins[i].equals(origin)) {
                return sequence == 0 ? without(i) : set(i, sequence);
            }
        }
        return sequence == 0 ? this : insert(origin, sequence);
    }

    private VersionVector set(int index, long sequence) {
        long[] next = sequences.clone();
        next[index] = sequence;
        return new VersionVector(origins, next);
    }

    private VersionVector insert(ParticipantId origin, long sequence) {
        int at = 0;
        while (at < origins.length && origins[at].compareTo(origin) < 0) {
            at++;
        }
        var names = Arrays.copyOf(origins, origins.length + 1);
        var numbers = Arrays.copyOf(sequences, origins.length + 1);
        System.arraycopy(origins, at, names, at + 1, origins.length - at);
        System.arraycopy(sequences, at, numbers, at + 1, origins.length - at);
        names[at] = origin;
        numbers[at] = sequence;
        return new VersionVector(names, numbers);
    }

    private VersionVector without(int index) {
        var names = new ArrayList<ParticipantId>(List.of(origins));
        names.remove(index);
        long[] numbers = new long[sequences.length - 1];
        System.arraycopy(sequences, 0, numbers, 0, index);
        System.arraycopy(sequences, index + 1, numbers, index, numbers.length - index);
        return new VersionVector(names.toArray(ParticipantId[]::new), numbers);
    }

    /// Entry by entry the larger of the two.
    VersionVector merge(VersionVector other) {
        VersionVector merged = this;
        for (int i = 0; i < other.origins.length; i++) {
            if (other.sequences[i] > merged.get(other.origins[i])) {
                merged = merged.with(other.origins[i], other.sequences[i]);
            }
        }
        return merged;
    }

    /// True if no entry of `other` is larger than this one's.
    boolean covers(VersionVector other) {
        for (int i = 0; i < other.origins.length; i++) {
            if (get(other.origins[i]) < other.sequences[i]) {
                return false;
            }
        }
        return true;
    }

    void write(WireOutput out) {
        out.varLong(origins.length);
        for (int i = 0; i < origins.length; i++) {
            Wire.participant(out, origins[i]);
            out.varLong(sequences[i]);
        }
    }

    static VersionVector read(WireInput in) {
        int count = in.count(10);
        var origins = new ParticipantId[count];
        long[] sequences = new long[count];
        boolean ordered = true;
        for (int i = 0; i < count; i++) {
            origins[i] = Wire.participant(in);
            sequences[i] = in.varLong();
            ordered &= sequences[i] != 0 && (i == 0 || origins[i - 1].compareTo(origins[i]) < 0);
        }
        return ordered ? new VersionVector(origins, sequences) : of(origins, sequences);
    }

    /// From entries in any order, as only a broken sender writes them.
    private static VersionVector of(ParticipantId[] origins, long[] sequences) {
        VersionVector vector = EMPTY;
        for (int i = 0; i < origins.length; i++) {
            vector = vector.with(origins[i], sequences[i]);
        }
        return vector;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector that
                && Arrays.equals(origins, that.origins)
                && Arrays.equals(sequences, that.sequences);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(origins) * 31 + Arrays.hashCode(sequences);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[");
        for (int i = 0; i < origins.length; i++) {
            text.append(i == 0 ? "" : " ").append(origins[i]).append(':').append(sequences[i]);
        }
        return text.append(']').toString();
    }
}
