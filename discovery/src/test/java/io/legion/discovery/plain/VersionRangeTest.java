package io.legion.discovery.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    @ValueSource(strings = {"garbage", "<>", "=>1"})
    void whatIsNoRangeIsRefused(String text) {
        assertThatThrownBy(() -> VersionRange.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text)
                .hasMessageContaining("is no version range");
    }
}
