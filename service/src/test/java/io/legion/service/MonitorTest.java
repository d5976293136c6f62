package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MonitorTest {

    @Test
    void aRecordingTellsWhatWasCountedUnderEachNameAndItsTags() {
        try (var monitor = RecordingMonitor.open()) {
            monitor.counter("requests").increment();
            monitor.tagged("type", "account")
                    .tagged("node", "1")
                    .counter("requests")
                    .add(5);
            monitor.tagged("node", "1")
                    .tagged("type", "account")
                    .counter("requests")
                    .increment();

            assertThat(monitor.counts())
                    .containsEntry("requests", 1L)
                    .containsEntry("requests{node=1,type=account}", 6L);
            assertThat(monitor.count("requests{node=1,type=account}")).isEqualTo(6);
            assertThat(monitor.count("never")).isZero();
        }
    }

    @Test
    void aRecordingKeepsCountSumAndMaximumOfATimer() {
        try (var monitor = RecordingMonitor.open()) {
            var timer = monitor.timer("flush");
            timer.recordNanos(5);
            timer.record(Duration.ofNanos(7));
            timer.recordNanos(-1);

            assertThat(monitor.timing("flush")).isEqualTo(new RecordingMonitor.Timing(3, 12, 7));
        }
    }

    @Test
    void aLaterGaugeTakesThePlaceOfAnEarlierOneWhoseClosingThenChangesNothing() {
        try (var monitor = RecordingMonitor.open()) {
            var earlier = monitor.gauge("depth", () -> 1);
            var later = monitor.gauge("depth", () -> 2);
            earlier.close();
            assertThat(monitor.value("depth")).isEqualTo(2);
            later.close();
            assertThatThrownBy(() -> monitor.value("depth")).hasMessageContaining("There is no gauge depth");
        }
    }

    @Test
    void aGaugeThatIsSetShowsItsLatestValueUntilItIsClosed() {
        try (var monitor = RecordingMonitor.open()) {
            var gauge = monitor.gauge("members");
            assertThat(monitor.value("members")).isZero();
            gauge.set(3);
            assertThat(monitor.value("members")).isEqualTo(3);
            gauge.close();
            assertThatThrownBy(() -> monitor.value("members")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void noIncrementOfManyThreadsIsLost() {
        try (var monitor = RecordingMonitor.open()) {
            try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int thread = 0; thread < 8; thread++) {
                    executor.execute(() -> {
                        var counter = monitor.counter("requests");
                        for (int i = 0; i < 10_000; i++) {
                            counter.increment();
                        }
                    });
                }
            }
            assertThat(monitor.count("requests")).isEqualTo(80_000);
        }
    }

    @Test
    void micrometerShowsTheNumbersWithTheirTagsAndForgetsThemWhenItIsClosed() {
        var registry = new SimpleMeterRegistry();
        try (var monitor = MicrometerMonitor.open(new MicrometerMonitor.Config(false), registry)) {
            var tagged = monitor.tagged("node", "1");
            tagged.counter("requests").add(2);
            tagged.counter("requests").increment();
            tagged.timer("flush").record(Duration.ofMillis(3));
            tagged.gauge("members").set(4);

            assertThat(registry.get("requests").tag("node", "1").counter().count())
                    .isEqualTo(3);
            assertThat(registry.get("flush").timer().totalTime(TimeUnit.MILLISECONDS))
                    .isEqualTo(3);
            assertThat(registry.get("members").gauge().value()).isEqualTo(4);
        }
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void aLaterGaugeTakesThePlaceOfAnEarlierOneInMicrometerToo() {
        var registry = new SimpleMeterRegistry();
        try (var monitor = MicrometerMonitor.open(new MicrometerMonitor.Config(true), registry)) {
            var earlier = monitor.gauge("depth", () -> 1);
            var later = monitor.gauge("depth", () -> 2);
            earlier.close();
            assertThat(registry.get("depth").gauge().value()).isEqualTo(2);
            later.close();
            assertThat(registry.find("depth").gauge()).isNull();
        }
    }

    @Test
    void noMonitorTakesEveryMeasurementAndLooksAtNoGauge() {
        var monitor = Monitor.none().tagged("node", "1");
        var looks = new AtomicInteger();
        monitor.counter("requests").increment();
        monitor.timer("flush").recordNanos(5);
        try (var _ = monitor.gauge("depth", looks::incrementAndGet);
                var members = monitor.gauge("members")) {
            members.set(4);
        }
        assertThat(looks).hasValue(0);
    }

    @Test
    void aTimerWithHistogramsHasBucketsThatAreTheSameOnAllNodes() {
        var registry = new SimpleMeterRegistry();
        try (var monitor = MicrometerMonitor.open(new MicrometerMonitor.Config(true), registry)) {
            var timer = monitor.timer("request");
            timer.recordNanos(8_000);
            timer.recordNanos(30_000);
            timer.record(Duration.ofSeconds(11));
            var buckets = registry.get("request").timer().takeSnapshot().histogramCounts();

            assertThat(buckets)
                    .extracting(bucket -> bucket.bucket(TimeUnit.MICROSECONDS))
                    .hasSize(19)
                    .startsWith(10.0, 20.0, 50.0, 100.0)
                    .endsWith(5_000_000.0, 10_000_000.0);
            assertThat(buckets)
                    .extracting(CountAtBucket::count)
                    .startsWith(1.0, 1.0, 2.0)
                    .endsWith(2.0);
        }
        try (var monitor = MicrometerMonitor.open(new MicrometerMonitor.Config(false), registry)) {
            monitor.timer("plain").recordNanos(8_000);
            assertThat(registry.get("plain").timer().takeSnapshot().histogramCounts())
                    .isEmpty();
        }
    }
}
