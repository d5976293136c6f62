package io.legion.store.rocksdb.engine;

import io.legion.service.Logger;
import org.rocksdb.InfoLogLevel;

/// What RocksDB has to say, for somebody who looks for a cause: failures reach the caller anyway.
final class EngineLog extends org.rocksdb.Logger {

    private final Logger logger;

    EngineLog(Logger logger) {
        super(InfoLogLevel.WARN_LEVEL);
        this.logger = logger;
    }

    @Override
    protected void log(InfoLogLevel level, String message) {
        logger.debug(message);
    }
}
