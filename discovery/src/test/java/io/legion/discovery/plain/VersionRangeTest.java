package io.legion.discovery.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionRangeTest {
    @ParameterizedTest
    @CsvSource({
        ">=1.2 <2,1.2.0,true",
        ">=1.2 <2,1.9.9,true",
        ">=1.2 <2,2.0.0,false",
        ">=1.2 <2,1.1.9,false",
        "^1.2,1.2,true",
        "^1.2,v1.3.0,true",
        "^1.2,2.0.0,false",
        "~1.2.3,1.2.9,true",
        "~1.2.3,1.3.0,false",
        "1.x,1.7.0,true",
        "1.x,2.0.0,false",
        "<1 || >=3,3.1.0,true",
        "<1 || >=3,2.0.0,false",
        "^1.2,nightly,false",
        "^77,build-77,false",
        "^1.2,'',false",
    })
    void itHoldsTheVersionsThatItNames(String range, String version, boolean contains) {
        assertThat(VersionRange.parse(range).contains(version)).isEqualTo(contains);
    }

    @Test
    void noRangeHoldsWhatIsNoVersionToo() {
        assertThat(VersionRange.parse("").contains("nightly")).isTrue();
        assertThat(VersionRange.parse("*").contains("")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void noTextOfAnInstanceBreaksARange(long seed) {
        var random = new Random(seed);
        var ranges = Stream.of("^1.2", ">=1.2 <2", "1.2 - 1.4", "<1 || >=3", "~0.0.0-a")
                .map(VersionRange::parse)
                .toList();
        for (int i = 0; i < 2000; i++) {
            var version = versionLike(random);
            for (var range : ranges) {
                assertThatCode(() -> range.contains(version)).as(version).doesNotThrowAnyException();
            }
        }
    }

    @Test
    void whatIsLongerThanAVersionMayBeIsInNoRange() {
        assertThat(VersionRange.parse(">=0").contains("1" + ".1".repeat(50_000)))
                .isFalse();
    }

    private static String versionLike(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(80); i >= 0; i--) {
            text.append("0123456789999v.-+abx*^ ".charAt(random.nextInt(23)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "<>", "=>1"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageContaining("is no version range");
    }
}
