package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class AddressBlockTest {
    private static AddressBlock block(String address) throws UnknownHostException {
        return AddressBlock.of(InetAddress.getByName(address));
    }

    @Test
    void addressesOfVersionSixWithTheSameFirst64BitsAreOne() throws UnknownHostException {
        assertThat(block("2001:db8::1")).isEqualTo(block("2001:db8:0:0:ffff:ffff:ffff:ffff"));
        assertThat(block("2001:db8::1")).isNotEqualTo(block("2001:db8:0:1::1"));
    }

    @Test
    void eachAddressOfVersionFourIsOneByItself() throws UnknownHostException {
        assertThat(block("10.0.0.1")).isEqualTo(block("::ffff:10.0.0.1")).isNotEqualTo(block("10.0.0.2"));
        assertThat(block("0.0.0.1")).isNotEqualTo(block("0:0:0:1::"));
    }
}
