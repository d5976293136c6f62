package io.legion.cluster.jgroups.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Set;
import org.jgroups.Address;
import org.jgroups.stack.IpAddress;
import org.junit.jupiter.api.Test;

final class AttemptsTest {
    private static final long INTERVAL = AddressSearch.INTERVAL.toNanos();

    private final Attempts attempts = new Attempts();

    private static Address address(int number) throws UnknownHostException {
        byte[] bytes = {10, 0, (byte) (number >> 8), (byte) number};
        return new IpAddress(InetAddress.getByAddress(bytes), 7_000);
    }

    @Test
    void anAddressIsTriedLessAndLessOften() throws UnknownHostException {
        var one = address(1);
        assertThat(attempts.isDue(one, 0)).isTrue();
        assertThat(attempts.isDue(one, INTERVAL - 1)).isFalse();
        assertThat(attempts.isDue(one, INTERVAL)).isTrue();
        assertThat(attempts.isDue(one, 3 * INTERVAL - 1)).isFalse();
        assertThat(attempts.isDue(one, 3 * INTERVAL)).isTrue();
    }

    @Test
    void anAddressThatIsNotToldAnyMoreIsForgottenAndTheOthersAreNot() throws UnknownHostException {
        for (int i = 0; i < 1_000; i++) {
            assertThat(attempts.isDue(address(i), 0)).isTrue();
        }
        attempts.keep(Set.of(address(3), address(4), address(2_000)));
        assertThat(attempts.size()).isEqualTo(2);
        assertThat(attempts.isDue(address(3), INTERVAL - 1)).isFalse();
        assertThat(attempts.isDue(address(5), INTERVAL - 1)).isTrue();
    }
}
