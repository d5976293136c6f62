package io.legion.founding;

import io.legion.core.PartitionType;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Specification of where a new cluster gets its first partitions from: the user's own data, the store of a cluster
/// that is given up, a backup. See [io.legion.LegionBuilder#founding].
///
/// **Ordering.** Every reading gives the same records in the same order, as long as the [#title] stays the same. So a
/// founding that was interrupted goes on where it stopped.
///
/// **Failure.** A [FoundingDataException] ends the founding: no partition is ever served of data that could not be
/// taken in as a whole. Its message names the place of the bad record.
///
/// **Threads.** One thread reads, once for each start.
public interface FoundingData {
    /// Names the data and their version, in one line, for people; and for Legion, which begins an interrupted founding
    /// anew if the title is another one. So data that have changed have another title.
    String title();

    /// Gives the records to the recipient, one after the other, without the first ones.
    ///
    /// @param from how many records to leave out, at the beginning; all of them if there are fewer
    /// @param recipient its exceptions end the reading, and reach the caller
    /// @return how many records there are, those left out included
    /// @throws FoundingDataException if the data cannot be read
    long read(long from, Recipient recipient);

    /// The states of partitions of one type, from wherever a program has them.
    ///
    /// @param title names the data and their version, in one line
    /// @param type one of those with which the Legion is opened
    /// @param states gives the stream, in the same order each time; it is read as it comes, and closed
    static <S> FoundingData of(
            String title, PartitionType<S> type, Supplier<? extends Stream<FoundingState<S>>> states) {
        return new StreamedData<>(title, type, states);
    }

    /// Takes records.
    @FunctionalInterface
    interface Recipient {
        /// Takes the next record.
        ///
        /// @throws FoundingDataException if the cluster cannot have it; whoever knows where the record is from
        ///     says so with [FoundingDataException#at]
        void take(FoundingRecord item);
    }

    /// These data, and then others. A partition is in one of them only.
    default FoundingData and(FoundingData others) {
        return new JoinedData(this, others);
    }
}
