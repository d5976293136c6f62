package io.legion.core.primitive;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class InvariantTest {

    @Test
    void anInvariantThatHoldsIsSilent() {
        assertThatCode(() -> Invariant.hold(true, "One is one.")).doesNotThrowAnyException();
    }

    @Test
    void aBrokenInvariantNamesTheRule() {
        assertThatThrownBy(() -> Invariant.hold(false, "A row never counts beyond a cut."))
                .isInstanceOf(Invariant.Broken.class)
                .hasMessage("A row never counts beyond a cut.");
    }
}
