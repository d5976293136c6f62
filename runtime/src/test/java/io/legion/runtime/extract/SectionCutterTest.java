package io.legion.runtime.extract;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.core.Bytes;
import io.legion.core.PartitionKey;
import io.legion.core.shard.PartitionAddress;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SectionCutterTest {
    private static final int STATES = 4_000;

    /// What another program made of the same states, by the rule as it is written down.
    private static final List<String> SECTIONS = List.of(
            "257 states, 81559 bytes, ef3dfe2e935cd2f2",
            "1184 states, 376640 bytes, a76c6bbb59bade63",
            "398 states, 126713 bytes, 7f107987a7e76478",
            "1096 states, 349348 bytes, 249f05a2dfdcd4c5",
            "1065 states, 339740 bytes, 416cff1f0c196cdb");

    private static final String ALL = "a17ba71f815281ff82b3968ba82dfef7646de17a1857fcb301386ab34fdaba00";

    private static byte[] state(int number) {
        byte[] state = new byte[100 + number * 31 % 400];
        for (int i = 0; i < state.length; i++) {
            state[i] = (byte) ((number * 7 + i) % 251);
        }
        return state;
    }

    /// The sections of all these states but one.
    private static List<Section> cut(int without) {
        var cutter = new SectionCutter();
        var sections = new ArrayList<Section>();
        for (int number = 0; number < STATES; number++) {
            if (number != without) {
                var key = PartitionKey.of(String.format(Locale.ROOT, "key-%05d", number));
                var section = cutter.add(new PartitionAddress(7, key), Bytes.wrap(state(number)));
                Optional.ofNullable(section).ifPresent(sections::add);
            }
        }
        Optional.ofNullable(cutter.rest()).ifPresent(sections::add);
        sections.add(cutter.end());
        return sections;
    }

    private static String digest(Section section) {
        var piece = section.piece(0, Optional.empty(), 1);
        return HexFormat.of().formatHex(piece.digest().shared());
    }

    private static String line(Section section) {
        var piece = section.piece(0, Optional.empty(), 1);
        return piece.states() + " states, " + piece.bytes() + " bytes, "
                + digest(section).substring(0, 16);
    }

    /// Later releases use sections that earlier ones have written.
    @Test
    void sectionsEndWhereTheyAlwaysDid() {
        var sections = cut(-1);

        assertThat(sections.subList(0, sections.size() - 1).stream().map(SectionCutterTest::line))
                .containsExactlyElementsOf(SECTIONS);
        assertThat(digest(sections.getLast())).isEqualTo(ALL);
    }

    @Test
    void aStateThatIsGoneChangesTheSectionAroundItAndNoOther() {
        var lines = cut(2_000).stream().map(SectionCutterTest::line).toList();

        assertThat(lines).contains(SECTIONS.get(0), SECTIONS.get(1), SECTIONS.get(2), SECTIONS.get(4));
        assertThat(lines).doesNotContain(SECTIONS.get(3));
    }
}
