package io.legion.runtime.founding;

import io.legion.core.shard.PartitionTypes;
import io.legion.founding.FoundingData;
import io.legion.founding.FoundingDataException;
import io.legion.runtime.storage.FoundingProgress;
import io.legion.runtime.storage.NodeMarks;
import io.legion.service.Logger;
import io.legion.spi.Store;
import java.util.Optional;

/// Puts the data with which a cluster begins into the store of its founder, before the first shard begins there.
///
/// It writes a bounded number of records at once, and with them how many there are by now. A start that finds an
/// unfinished import of the same data goes on from there; of other data it begins anew.
///
/// @param store with the identity of the new cluster, which is not founded yet
/// @param shards the number of shards of the cluster
public record FoundingImport(Store store, int shards, PartitionTypes types, Logger logger) {

    /// Takes in all that the data have.
    ///
    /// @throws FoundingDataException if the cluster cannot have them: what the store has of them is never served
    /// @throws io.legion.spi.StoreException if the store fails
    public void take(FoundingData data) {
        String title = requireLine(data.title());
        long from = begin(title);
        var writer = new RecordWriter(store, shards, types, from == 0, logger);
        var progress = new ProgressLog(title, from, logger);
        var recipient = new ImportRecipient(store, title, from, writer, progress);
        requireAll(from, read(data, from, recipient));
        recipient.finish();
        writer.finish();
        progress.finished(recipient.taken());
    }

    private static String requireLine(String title) {
        if (title.isBlank() || title.lines().count() != 1) {
            throw new FoundingDataException("The title of the data must be one line of text, and is '" + title + "'.");
        }
        return title;
    }

    private static long read(FoundingData data, long from, ImportRecipient recipient) {
        try {
            return data.read(from, recipient);
        } catch (FoundingDataException refused) {
            throw refused.at("Record " + (recipient.taken() + 1) + " of " + data.title());
        }
    }

    private static void requireAll(long from, long read) {
        if (read < from) {
            throw new FoundingDataException("The data have " + read + " records, and an earlier start took in " + from
                    + " of the same title. Give changed data another title.");
        }
    }

    /// @return how many records are in the store already
    private long begin(String title) {
        Optional<FoundingProgress> known = FoundingProgress.of(store);
        if (known.isPresent() && known.get().title().equals(title)) {
            NodeMarks.beginAgain(store);
            long from = known.get().records();
            logger.info("Founding from " + title + " goes on behind the first " + from + " records.");
            return from;
        }
        NodeMarks.begin(store);
        logger.info(known.map(other -> "Founding from " + title + " begins anew: an earlier start took in "
                        + other.records() + " records of " + other.title() + ", which are dropped.")
                .orElse("Founding from " + title + "."));
        return 0;
    }
}
