package io.legion.cluster.jgroups.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class IncomingFramesTest {

    private static Parcel parcel(long number, int total, byte[] bytes) {
        return new Parcel(1, 1, 0, number, List.of(new Parcel.Piece(total, Bytes.wrap(bytes))));
    }

    /// Together they announce more than any heap has.
    @Test
    void aFrameThatIsAnnouncedTakesNoMemoryBeforeItComes() {
        var all = new ArrayList<IncomingFrames>();
        for (int i = 0; i < 256; i++) {
            var frames = new IncomingFrames();
            assertThat(frames.accept(parcel(0, 1 << 30, new byte[16]))).hasValue(List.of());
            all.add(frames);
        }
        assertThat(all).hasSize(256);
    }

    @Test
    void piecesOfAnySizesMakeTheirFrame() {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            var frames = new IncomingFrames();
            long number = 0;
            for (int i = 0; i < 3; i++) {
                var frame = new byte[random.nextInt(2, 5_000)];
                random.nextBytes(frame);
                for (int sent = 0; sent < frame.length; ) {
                    // No piece is the whole frame.
                    int size = random.nextInt(1, Math.min(frame.length - sent, frame.length - 1) + 1);
                    var piece = java.util.Arrays.copyOfRange(frame, sent, sent + size);
                    sent += size;
                    var whole = sent == frame.length ? List.of(Bytes.wrap(frame)) : List.<Bytes>of();
                    assertThat(frames.accept(parcel(number++, frame.length, piece)))
                            .as("seed %d", seed)
                            .hasValue(whole);
                }
            }
        }
    }

    private static Parcel whole(long number) {
        return parcel(number, 1, new byte[] {(byte) number});
    }

    private static Bytes[] frames(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> Bytes.wrap(new byte[] {(byte) number}))
                .toArray(Bytes[]::new);
    }

    /// They come over two connections, and nothing is lost.
    @Test
    void parcelsThatComeBeforeAnEarlierOneWaitForIt() {
        var frames = new IncomingFrames();
        assertThat(frames.accept(whole(2))).hasValue(List.of());
        assertThat(frames.accept(whole(1))).hasValue(List.of());
        assertThat(frames.accept(whole(2))).as("again").hasValue(List.of());
        for (int i = 0; i < IncomingFrames.PATIENT_TICKS; i++) {
            assertThat(frames.tick()).isTrue();
        }
        assertThat(frames.accept(whole(0))).hasValue(List.of(frames(0, 3)));
        assertThat(frames.accept(whole(4))).hasValue(List.of());
        assertThat(frames.tick()).as("the time begins anew").isTrue();
        assertThat(frames.accept(whole(3))).hasValue(List.of(frames(3, 5)));
        for (int i = 0; i < 2 * IncomingFrames.PATIENT_TICKS; i++) {
            assertThat(frames.tick()).as("nothing waits").isTrue();
        }
    }

    @Test
    void aParcelForWhichOthersHaveWaitedCountsAsLost() {
        var frames = new IncomingFrames();
        assertThat(frames.accept(whole(1))).hasValue(List.of());
        for (int i = 0; i < IncomingFrames.PATIENT_TICKS; i++) {
            assertThat(frames.tick()).isTrue();
        }
        assertThat(frames.tick()).isFalse();
    }

    @Test
    void aBoundedNumberOfParcelsWaits() {
        var frames = new IncomingFrames();
        for (int i = 1; i <= IncomingFrames.MOST_EARLY; i++) {
            assertThat(frames.accept(whole(i))).hasValue(List.of());
        }
        assertThat(frames.accept(whole(IncomingFrames.MOST_EARLY + 1))).isEmpty();
    }

    @Test
    void aPieceThatDoesNotFitIsRefused() {
        var frames = new IncomingFrames();
        frames.accept(parcel(0, 100, new byte[60]));
        assertThatThrownBy(() -> frames.accept(parcel(1, 100, new byte[41])))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> frames.accept(parcel(2, 101, new byte[40])))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
