package io.legion.discovery.eureka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XmlNameTest {
    @ParameterizedTest
    @CsvSource({"a_b,a__b", "a$b,a_-b", "management.port,management.port", "1a,_.0031a", "a b,a_.0020b"})
    void aKeyIsWrittenAsXstreamWritesIt(String key, String name) {
        assertThat(XmlName.encode(key)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "_", "__", "_-", "_.0020", "a:b/ü€", "$_$", "x_.12", "-"})
    void everyKeyComesBack(String key) {
        assertThat(XmlName.decode(XmlName.encode(key))).isEqualTo(key);
    }
}
