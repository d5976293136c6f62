package io.legion.core.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Applied;
import io.legion.core.Bytes;
import io.legion.core.CodecException;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.PartitionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What an event led to is refused just if the whole state, when it is written, is; and its size is never told
/// too small.
class StateMeasureTest {
    record Sheet(List<String> lines, long number, String title) {}

    record Nothing() implements Event<Sheet, Long> {
        @Override
        public Applied<Sheet, Long> apply(Sheet state, EventContext context) {
            return Applied.of(state, 0L);
        }
    }

    private static final PartitionType<Sheet> SHEETS =
            PartitionType.named("sheet", new Sheet(List.of(), 0, "")).events(Nothing.class);
    private static final Result.Summary SUMMARY = new Result.Summary(Result.Kind.APPLIED, Bytes.EMPTY);

    private final StateMeasure measure = new StateMeasure();

    private static int written(Sheet sheet) {
        return SHEETS.stateCodec().encode(sheet).length;
    }

    @Test
    void theSizeIsNeverTooSmallAndASmallStateHasTheHashOfItsBytes() {
        for (long seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var sheet = new Sheet(List.of(), 0, "");
            int size = StateMeasure.UNKNOWN;
            for (int change = 0; change < 60; change++) {
                Sheet next = changed(random, sheet);
                Result result = measure.changed(SHEETS, 1, sheet, size, next, SUMMARY);
                int exact = written(next);
                assertThat(result.size()).as("seed " + seed).isGreaterThanOrEqualTo(exact);
                assertThat(result.appliedToLargeState()).isEqualTo(exact > StateMeasure.SMALL);
                if (exact <= StateMeasure.SMALL) {
                    assertThat(result.size()).isEqualTo(exact);
                    assertThat(result.stateHash())
                            .isEqualTo(Hash.of(Bytes.wrap(SHEETS.stateCodec().encode(next))));
                }
                sheet = next;
                size = result.size();
            }
        }
    }

    private static Sheet changed(Random random, Sheet sheet) {
        var lines = new ArrayList<>(sheet.lines());
        switch (random.nextInt(5)) {
            case 0 -> lines.add("x".repeat(random.nextInt(2_000)));
            case 1 -> lines.clear();
            case 2 -> {
                if (!lines.isEmpty()) {
                    lines.set(random.nextInt(lines.size()), "y".repeat(random.nextInt(300)));
                }
            }
            case 3 -> {
                return new Sheet(sheet.lines(), sheet.number(), "é".repeat(random.nextInt(2) * random.nextInt(1_100)));
            }
            default -> {
                return new Sheet(sheet.lines(), random.nextLong(), sheet.title());
            }
        }
        return new Sheet(lines, sheet.number(), sheet.title());
    }

    @Test
    void aStateIsTakenUpToTheLimitHoweverOftenItChanged() {
        String megabyte = "x".repeat(1 << 20);
        var sheet = new Sheet(List.of(), 0, "");
        int size = StateMeasure.UNKNOWN;
        for (int line = 1; line <= 7; line++) {
            var lines = new ArrayList<>(sheet.lines());
            lines.add(megabyte);
            var next = new Sheet(lines, sheet.number(), sheet.title());
            size = measure.changed(SHEETS, 1, sheet, size, next, SUMMARY).size();
            sheet = next;
        }
        // The bytes of the changes add up to more than the limit, the states do not.
        for (int change = 0; change < 20; change++) {
            var lines = new ArrayList<>(sheet.lines());
            lines.set(change % 7, new String(megabyte));
            var next = new Sheet(lines, change, "");
            size = measure.changed(SHEETS, 1, sheet, size, next, SUMMARY).size();
            assertThat(size).isBetween(written(next), PartitionType.MAX_STATE_BYTES);
            sheet = next;
        }
        var lines = new ArrayList<>(sheet.lines());
        lines.add(megabyte);
        var tooLarge = new Sheet(lines, 0, "");
        Sheet before = sheet;
        int known = size;
        assertThatThrownBy(() -> measure.changed(SHEETS, 1, before, known, tooLarge, SUMMARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the state would take " + written(tooLarge) + " bytes");
    }

    @Test
    void whatCanNotBeWrittenIsRefusedInTheWordsOfTheWhole() {
        var sheet = new Sheet(List.of("x".repeat(5_000)), 1, "");
        int size = measure.changed(SHEETS, 1, SHEETS.initial(), StateMeasure.UNKNOWN, sheet, SUMMARY)
                .size();
        var bad = new Sheet(List.of(sheet.lines().getFirst(), "\ud800"), 2, "");
        var words = new ArrayList<String>();
        for (int known : new int[] {size, StateMeasure.UNKNOWN}) {
            assertThatThrownBy(() -> measure.changed(SHEETS, 1, sheet, known, bad, SUMMARY))
                    .isInstanceOfSatisfying(CodecException.class, refused -> words.add(refused.getMessage()));
        }
        assertThat(words).hasSize(2);
        assertThat(words.getFirst()).isEqualTo(words.getLast()).contains("lines");
    }
}
