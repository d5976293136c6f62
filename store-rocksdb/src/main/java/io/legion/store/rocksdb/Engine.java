package io.legion.store.rocksdb;

import io.legion.service.Logger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/// An opened RocksDB with all that must be released after it.
final class Engine implements AutoCloseable {

    private static final int LOG_FILES = 3;
    /// Four shards: few enough for a cache of 1 MiB.
    private static final int CACHE_SHARD_BITS = 2;

    private static final int BLOOM_BITS_PER_KEY = 10;

    private final List<AbstractNativeReference> owned = new ArrayList<>();
    private final LRUCache cache;
    private final BloomFilter bloom;
    private final RocksDB db;

    private Engine(RocksDbStore.Config config, Path path, boolean create, boolean clean, Logger logger)
            throws RocksDBException {
        RocksDB.loadLibrary();
        cache = own(new LRUCache(config.cache().bytes(), CACHE_SHARD_BITS));
        bloom = own(new BloomFilter(BLOOM_BITS_PER_KEY));
        try {
            if (!create) {
                requireLog(path);
                readOnce(config, path, clean, logger);
            }
            this.db = own(RocksDB.open(own(options(config, clean)).setCreateIfMissing(create), path.toString()));
        } catch (RocksDBException | RuntimeException failed) {
            release();
            throw failed;
        }
    }

    /// Opens it, or changes nothing: see [#readOnce].
    static Engine open(RocksDbStore.Config config, Path path, boolean create, boolean clean, Logger logger)
            throws RocksDBException {
        return new Engine(config, path, create, clean, logger);
    }

    RocksDB db() {
        return db;
    }

    @Override
    public void close() {
        release();
    }

    /// A start that finds damage halfway has already written: it rolls logs, flushes what it replayed, begins a
    /// new manifest. So everything is first read without writing; only what was found whole is opened for
    /// writing.
    private void readOnce(RocksDbStore.Config config, Path path, boolean clean, Logger logger) throws RocksDBException {
        try (var quiet = new EngineLog(logger);
                var options = options(config, clean).setLogger(quiet);
                var reading = RocksDB.openReadOnly(options, path.toString())) {
            reading.getLatestSequenceNumber();
        }
    }

    /// RocksDB takes a log that is not there for one that it needs no more. There always is one, if only an
    /// empty one.
    private static void requireLog(Path path) throws RocksDBException {
        try (var logs = Files.newDirectoryStream(path, "*.log")) {
            if (logs.iterator().hasNext()) {
                return;
            }
        } catch (IOException unreadable) {
            throw new RocksDBException(path + " can not be read: " + unreadable);
        }
        throw new RocksDBException("the write-ahead log (*.log) is missing in " + path);
    }

    private Options options(RocksDbStore.Config config, boolean clean) {
        var table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                // In one piece, the filter or index of a table is larger than a shard of a small cache takes, and would
                // be read anew for each get.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setFilterPolicy(bloom);
        return new Options()
                .setTableFormatConfig(table)
                .setWriteBufferSize(config.writeBuffer().bytes())
                .setMaxWriteBufferNumber(3)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setMaxBackgroundJobs(2)
                .setParanoidChecks(true)
                .setWalRecoveryMode(recovery(clean))
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(1 << 20)
                .setKeepLogFileNum(LOG_FILES);
    }

    /// A log ends in the middle of a record only if the process or the machine stopped while it was written.
    private static WALRecoveryMode recovery(boolean clean) {
        return clean ? WALRecoveryMode.AbsoluteConsistency : WALRecoveryMode.TolerateCorruptedTailRecords;
    }

    private <T extends AbstractNativeReference> T own(T reference) {
        owned.add(reference);
        return reference;
    }

    private void release() {
        owned.reversed().forEach(AbstractNativeReference::close);
        owned.clear();
    }
}
