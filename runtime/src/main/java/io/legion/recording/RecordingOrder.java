package io.legion.recording;

import java.time.Duration;

/// What an operator wants recorded.
///
/// @param type the name of a partition type
/// @param steps how many steps to keep at most
/// @param bytes how many bytes they may take together
/// @param duration how long to record
/// @param realData true to record keys, states and events as they are, if the service has no [Pseudonyms] for the type
public record RecordingOrder(String type, int steps, long bytes, Duration duration, boolean realData) {
    /// The most steps of a recording.
    public static final int MOST_STEPS = 100_000;

    /// The most bytes of a recording.
    public static final long MOST_BYTES = 64L << 20;

    /// The longest recording.
    public static final Duration LONGEST = Duration.ofMinutes(10);

    /// 1,000 steps, within 16 MiB and 30 s.
    public static RecordingOrder of(String type) {
        return new RecordingOrder(type, 1_000, 16L << 20, Duration.ofSeconds(30), false);
    }

    /// @throws IllegalArgumentException if a bound is out of its range; the message names it
    public RecordingOrder {
        within("steps", steps, MOST_STEPS);
        within("bytes", bytes, MOST_BYTES);
        if (!duration.isPositive() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "a recording takes more than 0 and at most " + LONGEST.toMinutes() + " minutes, not " + duration);
        }
    }

    private static void within(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("the " + name + " of a recording are 1 to " + most + ", not " + value);
        }
    }

    /// The same with another bound of steps.
    public RecordingOrder withSteps(int most) {
        return new RecordingOrder(type, most, bytes, duration, realData);
    }

    /// The same for another time.
    public RecordingOrder withDuration(Duration time) {
        return new RecordingOrder(type, steps, bytes, time, realData);
    }

    /// The same, which may record what the service has no pseudonyms for as it is.
    public RecordingOrder withRealData() {
        return new RecordingOrder(type, steps, bytes, duration, true);
    }
}
