package io.legion.discovery.service;

import io.legion.Partition;
import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.Search;
import io.legion.core.Consistency;
import io.legion.core.EventFailedException;
import io.legion.core.IndexRecord;
import io.legion.discovery.registry.InstanceKey;
import io.legion.discovery.registry.Registration;
import io.legion.discovery.registry.RegistrationEvent;
import io.legion.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The [Applications] on Legion.
public final class LegionApplications implements Applications {
    /// How many instances to read or change together: a small part of what may wait for a node.
    private static final int AT_ONCE = 500;

    private final Partitions<Registration> partitions;
    private final Consistency consistency;

    /// @param consistency what a change must have reached before its answer; reads are always FAST
    public LegionApplications(Partitions<Registration> partitions, Consistency consistency) {
        this.partitions = partitions;
        this.consistency = consistency;
    }

    @Override
    public <O> O request(InstanceKey key, RegistrationEvent<O> event) {
        return asking(() -> of(key).request(event, consistency).output());
    }

    @Override
    public <O> List<O> requestAll(List<InstanceKey> keys, RegistrationEvent<O> event) {
        return together(keys, partition -> partition.requestAsync(event, consistency)).stream()
                .map(answer -> asking(answer::output))
                .toList();
    }

    @Override
    public Registration read(InstanceKey key) {
        return asking(() -> of(key).read(Consistency.FAST));
    }

    @Override
    public List<Registration> readAll(List<InstanceKey> keys) {
        return together(keys, partition -> partition.readAsync(Consistency.FAST));
    }

    /// Many at once, because most of them may be on other nodes.
    private <T> List<T> together(List<InstanceKey> keys, Function<Partition<Registration>, CompletionStage<T>> ask) {
        var results = new ArrayList<T>(keys.size());
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            var some = keys.subList(from, Math.min(keys.size(), from + AT_ONCE));
            results.addAll(asking(
                    () -> awaited(some.stream().map(key -> ask.apply(of(key))).toList())));
        }
        return results;
    }

    private static <T> List<T> awaited(List<CompletionStage<T>> stages) {
        try {
            return stages.stream()
                    .map(stage -> stage.toCompletableFuture().join())
                    .toList();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    @Override
    public void search(Search search, Predicate<IndexRecord> to) {
        asking(() -> partitions.searchAll(search).allMatch(to));
    }

    @Override
    public boolean isServedHere(InstanceKey key) {
        return of(key).isServedHere();
    }

    private Partition<Registration> of(InstanceKey key) {
        return partitions.of(key.partition());
    }

    private static <T> T asking(Supplier<T> ask) {
        try {
            return ask.get();
        } catch (EventFailedException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        } catch (RequestException.TooLarge tooLarge) {
            throw new IllegalArgumentException(tooLarge.getMessage(), tooLarge);
        } catch (RequestException | StoreException failure) {
            throw new UnavailableException("the registry cannot do this now: " + failure.getMessage(), failure);
        }
    }
}
