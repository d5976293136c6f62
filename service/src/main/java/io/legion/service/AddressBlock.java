package io.legion.service;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/// The addresses that one host may have all of: one of IPv4, or those of IPv6 with the same first 64 bits. Whatever
/// is bounded for each address is bounded for such a block.
///
/// @param six whether it is of IPv6
/// @param bits the address of IPv4, or the first 64 bits
public record AddressBlock(boolean six, long bits) {
    /// The block of an address.
    public static AddressBlock of(InetAddress address) {
        var bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address
                ? new AddressBlock(true, bytes.getLong())
                : new AddressBlock(false, bytes.getInt());
    }
}
