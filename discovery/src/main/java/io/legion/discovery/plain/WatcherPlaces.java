package io.legion.discovery.plain;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.legion.service.AddressBlock;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The places of watchers, shared among the addresses that they come from. When all are taken, a newcomer gets one
/// of the address that has the most, as long as its own address then has no more than that one.
///
/// An [AddressBlock] counts as one address. **Threads.** Any.
final class WatcherPlaces {
    private final int most;
    private final int mostPerAddress;
    private final SequencedMap<Watcher, AddressBlock> taken = new LinkedHashMap<>();

    /// @param mostPerAddress how many one address may have, even while others are free
    WatcherPlaces(int most, int mostPerAddress) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
    }

    /// Takes a place; false if there is none for this address.
    synchronized boolean take(Watcher watcher, InetAddress address) {
        var from = AddressBlock.of(address);
        var counts = taken.values().stream().collect(groupingBy(taker -> taker, counting()));
        long own = counts.getOrDefault(from, 0L);
        if (own >= mostPerAddress || (taken.size() >= most && !makeRoom(counts, own))) {
            return false;
        }
        taken.put(watcher, from);
        return true;
    }

    /// Whoever came last from the address with the most gives up its place.
    private boolean makeRoom(Map<AddressBlock, Long> counts, long own) {
        var largest = counts.entrySet().stream().max(Map.Entry.comparingByValue());
        if (largest.isEmpty() || largest.get().getValue() <= own + 1) {
            return false;
        }
        var latest = taken.reversed().entrySet().stream()
                .filter(place -> place.getValue().equals(largest.get().getKey()))
                .findFirst()
                .orElseThrow()
                .getKey();
        taken.remove(latest);
        latest.cut("other addresses want to watch too, and yours has the most streams; use fewer");
        return true;
    }

    /// Gives a place back.
    synchronized void giveBack(Watcher watcher) {
        taken.remove(watcher);
    }

    /// Who has a place.
    synchronized List<Watcher> takers() {
        return List.copyOf(taken.keySet());
    }

    /// How many places are taken.
    synchronized int size() {
        return taken.size();
    }
}
