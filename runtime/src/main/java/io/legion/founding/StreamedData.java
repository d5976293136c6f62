package io.legion.founding;

import io.legion.core.Bytes;
import io.legion.core.PartitionType;
import java.util.Iterator;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The states that a program of the user streams.
record StreamedData<S>(String title, PartitionType<S> type, Supplier<? extends Stream<FoundingState<S>>> states)
        implements FoundingData {

    @Override
    public long read(long from, Recipient recipient) {
        try (Stream<FoundingState<S>> stream = states.get()) {
            Iterator<FoundingState<S>> all = stream.iterator();
            long read = 0;
            while (isMore(all)) {
                FoundingState<S> next = next(all);
                if (read >= from) {
                    recipient.take(new FoundingRecord(type.name(), next.key(), encoded(next)));
                }
                read++;
            }
            return read;
        }
    }

    private static boolean isMore(Iterator<?> all) {
        try {
            return all.hasNext();
        } catch (RuntimeException failure) {
            throw unreadable(failure);
        }
    }

    private static <T> T next(Iterator<T> all) {
        try {
            return all.next();
        } catch (RuntimeException failure) {
            throw unreadable(failure);
        }
    }

    private static FoundingDataException unreadable(RuntimeException failure) {
        return new FoundingDataException("The stream of the data failed: " + failure + ".", failure);
    }

    private Bytes encoded(FoundingState<S> next) {
        try {
            return Bytes.wrap(type.stateCodec().encode(next.state()));
        } catch (RuntimeException unwritable) {
            throw new FoundingDataException(
                    "The state of the partition " + next.key() + " of type '" + type.name() + "' cannot be written: "
                            + unwritable.getMessage() + ".",
                    unwritable);
        }
    }
}
