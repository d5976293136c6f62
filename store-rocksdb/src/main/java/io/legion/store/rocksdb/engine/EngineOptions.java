package io.legion.store.rocksdb.engine;

import io.legion.store.rocksdb.RocksDbStore;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WALRecoveryMode;

/// How RocksDB is set up: what the configuration says, and what is fixed (see design/storage.md).
///
/// It holds the block cache and the filter, which all options that it makes share: close it after them.
final class EngineOptions implements AutoCloseable {

    private static final int LOG_FILES = 3;

    /// Four shards: few enough for a cache of 1 MiB.
    private static final int CACHE_SHARD_BITS = 2;

    private static final int BLOOM_BITS_PER_KEY = 10;

    private final RocksDbStore.Config config;
    private final boolean clean;
    private final LRUCache cache;
    private final BloomFilter bloom;

    /// Needs RocksDB's library loaded ([NativeLibrary]).
    ///
    /// @param clean whether the store was closed properly, so that its log has no torn end
    EngineOptions(RocksDbStore.Config config, boolean clean) {
        this.config = config;
        this.clean = clean;
        this.cache = new LRUCache(config.cache().bytes(), CACHE_SHARD_BITS);
        this.bloom = new BloomFilter(BLOOM_BITS_PER_KEY);
    }

    /// New options, which the caller closes.
    Options create() {
        return new Options()
                .setTableFormatConfig(table())
                .setWriteBufferSize(config.writeBuffer().bytes())
                .setMaxWriteBufferNumber(3)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setMaxBackgroundJobs(2)
                .setParanoidChecks(true)
                .setWalRecoveryMode(recovery())
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(1 << 20)
                .setKeepLogFileNum(LOG_FILES);
    }

    private BlockBasedTableConfig table() {
        return new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                // In one piece, a table's filter or index is larger than a shard of a small cache takes, and
                // would be read anew for each get.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true)
                .setFilterPolicy(bloom);
    }

    /// A log ends in the middle of a record only if the process or the machine stopped during the write.
    private WALRecoveryMode recovery() {
        return clean ? WALRecoveryMode.AbsoluteConsistency : WALRecoveryMode.TolerateCorruptedTailRecords;
    }

    @Override
    public void close() {
        bloom.close();
        cache.close();
    }
}
