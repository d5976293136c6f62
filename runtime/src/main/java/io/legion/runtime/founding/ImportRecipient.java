package io.legion.runtime.founding;

import io.legion.founding.FoundingData;
import io.legion.founding.FoundingDataException;
import io.legion.founding.FoundingRecord;
import io.legion.runtime.storage.FoundingProgress;
import io.legion.spi.Batch;
import io.legion.spi.Durability;
import io.legion.spi.Store;

/// Takes record after record, and writes many at once, with their number.
final class ImportRecipient implements FoundingData.Recipient {
    /// About how many bytes one write has.
    private static final int WRITE_BYTES = 1 << 20;

    private final Store store;
    private final String title;
    private final RecordWriter writer;
    private final ProgressLog progress;
    private final Batch batch = new Batch(WRITE_BYTES + WRITE_BYTES / 4);
    private long taken;

    /// @param from how many records are in the store already
    ImportRecipient(Store store, String title, long from, RecordWriter writer, ProgressLog progress) {
        this.store = store;
        this.title = title;
        this.taken = from;
        this.writer = writer;
        this.progress = progress;
    }

    @Override
    public void take(FoundingRecord item) {
        writer.add(batch, item);
        taken++;
        if (batch.size() >= WRITE_BYTES) {
            write(Durability.HANDED_OVER);
        }
    }

    /// Writes the last records, and forces all of them to disk.
    void finish() {
        write(Durability.FORCED);
    }

    /// How many records were taken in, those before this start included.
    long taken() {
        return taken;
    }

    private void write(Durability durability) {
        if (Thread.currentThread().isInterrupted()) {
            throw new FoundingDataException("The thread that takes in the data was interrupted.");
        }
        new FoundingProgress(title, taken).note(batch);
        store.write(batch, durability);
        batch.clear();
        writer.written();
        progress.at(taken);
    }
}
