package io.legion.benchmarks.cluster.measurement;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;

/// The flight recorder, on during a run if somebody wants to know where the time goes.
public final class Recorder {
    private final @Nullable Path file;
    private @Nullable Recording recording;

    private Recorder(@Nullable Path file) {
        this.file = file;
    }

    /// Records nothing.
    public static Recorder off() {
        return new Recorder(null);
    }

    /// Writes a recording to the file, whose directory exists.
    public static Recorder to(Path file) {
        return new Recorder(file);
    }

    /// Begins the recording.
    public void start() {
        if (file != null) {
            var started = new Recording(profile());
            // By processor time, so that waiting threads do not show, and many threads show as they are.
            started.enable("jdk.CPUTimeSample").with("throttle", "500/s");
            started.start();
            recording = started;
        }
    }

    private static Configuration profile() {
        try {
            return Configuration.getConfiguration("profile");
        } catch (IOException | ParseException failure) {
            throw new IllegalStateException("this JDK does not have the settings \"profile\" of its recorder", failure);
        }
    }

    /// Ends the recording and writes it.
    public void stop() {
        if (file != null && recording != null) {
            try (var ended = recording) {
                ended.stop();
                ended.dump(file);
            } catch (IOException failure) {
                throw new UncheckedIOException("the recording could not be written to " + file, failure);
            }
        }
    }
}
