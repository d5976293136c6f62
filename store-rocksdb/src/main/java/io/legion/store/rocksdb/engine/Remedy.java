package io.legion.store.rocksdb.engine;

import io.legion.spi.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Tells damaged files from everything else that can keep an engine from its work, and what helps.
public final class Remedy {
    /// What helps against damaged files.
    public static final String TEXT =
            "set replaceDamaged, or move the directory away, and start the node: it joins as a new one,"
                    + " which copies its shards from the others. Or restore a copy.";

    private static final Pattern FILE =
            Pattern.compile("(?<![\\w.-])(?:\\d+\\.(?:sst|log)|MANIFEST-\\d+|CURRENT)(?!\\w)");

    private static final String MISSING = "No such file";

    private Remedy() {}

    /// True if the engine found files that are not as it wrote them.
    public static boolean isDamage(RocksDBException cause) {
        var status = cause.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    /// The same for one that was only read: then a file that is gone is damage too. (One that writes also names
    /// files that it was about to make.)
    public static boolean isDamage(RocksDBException cause, Path engine) {
        return isDamage(cause) || Files.notExists(engine) || isMissing(cause, engine);
    }

    /// True if the engine had no room.
    public static boolean isFull(RocksDBException cause) {
        var status = cause.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace;
    }

    private static boolean isMissing(RocksDBException cause, Path engine) {
        return !isFull(cause)
                && String.valueOf(cause.getMessage()).contains(MISSING)
                && Files.isReadable(engine)
                && files(cause).anyMatch(name -> Files.notExists(engine.resolve(name)));
    }

    /// The table that the engine names as the one that it could not read.
    public static Optional<String> table(RocksDBException cause) {
        return files(cause).filter(name -> name.endsWith(".sst")).reduce((_, last) -> last);
    }

    private static Stream<String> files(RocksDBException cause) {
        return FILE.matcher(String.valueOf(cause.getMessage())).results().map(MatchResult::group);
    }

    /// Why a store is refused whose engine could not be read.
    public static StoreException unreadable(Path store, RocksDBException cause, Path engine) {
        return refused(store, cause, isDamage(cause, engine));
    }

    /// Why a store is refused whose engine could be read, and not be opened for writing.
    public static StoreException unusable(Path store, RocksDBException cause) {
        return refused(store, cause, isDamage(cause));
    }

    private static StoreException refused(Path store, RocksDBException cause, boolean damaged) {
        var message = "The store " + store + " cannot be opened: " + cause.getMessage()
                + ". It was left as it is. If the disk or the permissions are the cause, mend that and start again."
                + " If files are damaged or missing: " + TEXT;
        return damaged ? new StoreException.Damaged(message, cause) : new StoreException(message, cause);
    }
}
