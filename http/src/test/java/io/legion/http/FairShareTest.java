package io.legion.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.legion.service.AddressBlock;
import org.junit.jupiter.api.Test;

class FairShareTest {
    private final FairShare share = new FairShare(12);

    private static AddressBlock address(int number) {
        return new AddressBlock(false, number);
    }

    private int takeAll(int number) {
        int count = 0;
        while (share.take(address(number), 1)) {
            count++;
        }
        return count;
    }

    @Test
    void oneAddressGetsHalfAndTheNextOnesHalfOfTheRest() {
        assertThat(takeAll(1)).isEqualTo(6);
        assertThat(takeAll(2)).isEqualTo(3);
        assertThat(takeAll(3)).isEqualTo(1);
        assertThat(share.total()).isEqualTo(10);
    }

    @Test
    void nothingIsAlwaysThere() {
        takeAll(1);
        takeAll(2);
        assertThat(share.take(address(1), 0)).isTrue();
        share.giveBack(address(1), 0);
        assertThat(share.total()).isEqualTo(9);
    }

    @Test
    void whatIsGivenBackIsThereAgain() {
        assertThat(share.take(address(1), 6)).isTrue();
        assertThat(share.take(address(1), 1)).isFalse();
        share.giveBack(address(1), 2);
        assertThat(share.take(address(1), 2)).isTrue();
        share.giveBack(address(1), 6);
        assertThat(share.total()).isZero();
        assertThat(takeAll(2)).isEqualTo(6);
    }

    @Test
    void moreThanHalfIsRefusedWhole() {
        assertThat(share.take(address(1), 7)).isFalse();
        assertThat(share.total()).isZero();
        assertThat(share.take(address(1), 6)).isTrue();
    }
}
