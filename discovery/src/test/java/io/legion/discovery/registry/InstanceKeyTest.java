package io.legion.discovery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceKeyTest {
    @ParameterizedTest
    @ValueSource(strings = {"a:8080", "", "\0", "a\0b", "Stra\u00dfe", "\ud83d\ude00"})
    void aKeyIsReadBackFromThatOfItsPartition(String id) {
        var key = new InstanceKey("orders", id);
        assertThat(InstanceKey.of(key.partition())).isEqualTo(key);
        assertThat(key.application()).isEqualTo("ORDERS");
    }

    @Test
    void noTwoInstancesHaveOnePartition() {
        assertThat(new InstanceKey("A", "B\0C").partition()).isNotEqualTo(new InstanceKey("A", "BC").partition());
        assertThatThrownBy(() -> new InstanceKey("A\0B", "C")).hasMessageContaining("no character 0");
    }

    @Test
    void aKeyFitsIntoThatOfAPartitionWhateverItsLetters() {
        var name = "\u20ac".repeat(InstanceKey.MAX_BYTES / 6);
        assertThat(new InstanceKey(name, name).partition().bytes().size()).isLessThanOrEqualTo(1024);
        assertThatThrownBy(() -> new InstanceKey(name, name + "\u20ac\u20ac"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than the 1000 allowed");
    }
}
