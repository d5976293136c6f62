package io.legion.http;

import io.legion.service.AddressBlock;
import java.util.HashMap;
import java.util.Map;

/// Something of which there is so much, shared among the addresses that want it: each may have as much as it leaves
/// for all others. So one has at most half, and keeps nobody out; several together can. (A dynamic threshold, as
/// Choudhury and Hahne share the memory of a switch among its ports, 1998.)
///
/// **Threads.** Any.
public final class FairShare {
    private final long whole;
    private final Map<AddressBlock, Long> taken = new HashMap<>();
    private long total;

    /// @param whole how much there is
    public FairShare(long whole) {
        this.whole = whole;
    }

    /// Takes so much more. Nothing is always there.
    ///
    /// @return false if there is not so much for this address; then it has what it had
    public synchronized boolean take(AddressBlock address, long amount) {
        long own = taken.getOrDefault(address, 0L) + amount;
        if (amount > 0 && own > whole - total - amount) {
            return false;
        }
        total += amount;
        taken.put(address, own);
        return true;
    }

    /// Gives back what this address has taken, or a part of it.
    public synchronized void giveBack(AddressBlock address, long amount) {
        total -= amount;
        taken.computeIfPresent(address, (_, own) -> own > amount ? own - amount : null);
    }

    /// How much all have now.
    public synchronized long total() {
        return total;
    }
}
