package io.legion.cluster.jgroups.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.spi.Cluster.KeptOut;
import org.junit.jupiter.api.Test;

class DoorbookTest {
    private final Doorbook book = new Doorbook();

    @Test
    void eachProcessIsCountedAndTheLatestComesLast() {
        book.keptOut("a", true, "no certificate");
        book.keptOut("b", false, "another cluster");
        book.keptOut("a", true, "a wrong certificate");
        assertThat(book.latest()).extracting(KeptOut::why).containsExactly("another cluster", "a wrong certificate");
        assertThat(book.latest().getLast().count()).isEqualTo(2);
        assertThat(book.latest().getLast().certificate()).isTrue();
    }

    @Test
    void strangersCannotFillIt() {
        for (int i = 0; i < 1_000; i++) {
            book.keptOut("stranger " + i, true, "x".repeat(10_000));
        }
        assertThat(book.latest()).hasSize(64).allMatch(entry -> entry.why().length() < 1_000);
        assertThat(book.latest().getLast().count()).isEqualTo(1);
    }
}
