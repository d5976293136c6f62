package io.legion.discovery;

import io.legion.service.ByteSize;
import io.legion.service.ConsoleLogger;
import io.legion.service.Default;
import io.legion.service.FileLogger;
import io.legion.service.LogFormat;
import io.legion.service.LogThreshold;
import io.legion.service.Logger;
import io.legion.service.Managed;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;

/// Where a node logs.
public sealed interface LogChoice {
    /// The logger of this choice.
    ///
    /// @param console where a logger that prints prints to
    Managed<Log> open(PrintStream console);

    /// A logger, and what sets its threshold.
    record Log(Logger logger, LogThreshold threshold) {}

    /// The standard error stream.
    ///
    /// @param threshold the lowest priority printed at first
    /// @param format how a message is printed
    record Console(
            @Default("info") Logger.Priority threshold,
            @Default("text") LogFormat format) implements LogChoice {
        @Override
        public Managed<Log> open(PrintStream console) {
            return Managed.of(() -> ConsoleLogger.open(
                            new ConsoleLogger.Config(threshold, format), console, InstantSource.system()))
                    .map(log -> new Log(log, log.threshold()));
        }
    }

    /// A file of bounded size.
    ///
    /// @param path the file
    /// @param threshold the lowest priority written at first
    /// @param maximumSize of one file
    /// @param kept how many full files to keep beside the current one
    /// @param format how a message is written
    record File(
            Path path,
            @Default("info") Logger.Priority threshold,
            @Default("16 MiB") ByteSize maximumSize,
            @Default("4") int kept,
            @Default("text") LogFormat format)
            implements LogChoice {
        @Override
        public Managed<Log> open(PrintStream console) {
            return Managed.of(() -> FileLogger.open(
                            new FileLogger.Config(path, threshold, maximumSize, kept, format), InstantSource.system()))
                    .map(log -> new Log(log, log.threshold()));
        }
    }
}
