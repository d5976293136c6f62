package io.legion.store.rocksdb;

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
final class Remedy {
    /// What helps against damaged files.
    static final String TEXT =
            "set replaceDamaged, or move the directory away, and start the node: it joins as a new one,"
                    + " which copies its shards from the others. Or restore a copy.";

    private static final Pattern FILE =
            Pattern.compile("(?<![\\w.-])(?:\\d+\\.(?:sst|log)|MANIFEST-\\d+|CURRENT)(?!\\w)");

    private Remedy() {}

    /// True if the engine found files that are not as it wrote them.
    static boolean isDamage(RocksDBException cause) {
        var status = cause.getStatus();
        return status != null && status.getCode() == Status.Code.Corruption;
    }

    /// The same for one that could not be opened: then a file that is gone is damage too.
    static boolean isDamage(RocksDBException cause, Path engine) {
        return isDamage(cause)
                || Files.notExists(engine)
                || (Files.isReadable(engine) && files(cause).anyMatch(name -> Files.notExists(engine.resolve(name))));
    }

    /// The table that the engine names as the one that it could not read.
    static Optional<String> table(RocksDBException cause) {
        return files(cause).filter(name -> name.endsWith(".sst")).reduce((_, last) -> last);
    }

    private static Stream<String> files(RocksDBException cause) {
        return FILE.matcher(String.valueOf(cause.getMessage())).results().map(MatchResult::group);
    }

    static StoreException unusable(Path store, RocksDBException cause, Path engine) {
        var message = "The store " + store + " cannot be opened: " + cause.getMessage()
                + ". It was left as it is. If the disk or the permissions are the cause, mend that and start again."
                + " If files are damaged or missing: " + TEXT;
        return isDamage(cause, engine)
                ? new StoreException.Damaged(message, cause)
                : new StoreException(message, cause);
    }
}
