package io.legion.discovery.service;

import io.legion.Partitions;
import io.legion.RequestException;
import io.legion.Search;
import io.legion.core.Consistency;
import io.legion.core.EventFailedException;
import io.legion.core.Tag;
import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.ApplicationEvent;
import io.legion.spi.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/// The [Applications] on Legion.
public final class LegionApplications implements Applications {
    /// How many applications to read together: a small part of what may wait for a node.
    private static final int AT_ONCE = 500;

    private final Partitions<Application> partitions;
    private final Consistency consistency;

    /// @param consistency what a change must have reached before its answer; reads are always FAST
    public LegionApplications(Partitions<Application> partitions, Consistency consistency) {
        this.partitions = partitions;
        this.consistency = consistency;
    }

    @Override
    public <O> O request(String name, ApplicationEvent<O> event) {
        try {
            return partitions.of(name).request(event, consistency).output();
        } catch (EventFailedException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        } catch (RequestException.TooLarge tooLarge) {
            throw new IllegalArgumentException(tooLarge.getMessage(), tooLarge);
        } catch (RequestException | StoreException failure) {
            throw unavailable(failure);
        }
    }

    @Override
    public Application read(String name) {
        return reading(() -> partitions.of(name).read(Consistency.FAST));
    }

    /// Many at once, because most of them may be read on other nodes.
    @Override
    public List<Application> readAll(List<String> names) {
        var states = new ArrayList<Application>(names.size());
        for (int from = 0; from < names.size(); from += AT_ONCE) {
            var some = names.subList(from, Math.min(names.size(), from + AT_ONCE));
            states.addAll(reading(() -> readTogether(some)));
        }
        return states;
    }

    private List<Application> readTogether(List<String> names) {
        var later = names.stream()
                .map(name -> partitions.of(name).readAsync(Consistency.FAST).toCompletableFuture())
                .toList();
        return later.stream().map(LegionApplications::awaited).toList();
    }

    private static Application awaited(CompletableFuture<Application> later) {
        try {
            return later.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    @Override
    public boolean isServedHere(String name) {
        return partitions.of(name).isServedHere();
    }

    @Override
    public List<String> find(Tag tag) {
        return reading(() -> partitions
                .searchAll(Search.of(tag))
                .map(record -> record.key().text())
                .toList());
    }

    private static <T> T reading(Supplier<T> read) {
        try {
            return read.get();
        } catch (RequestException | StoreException failure) {
            throw unavailable(failure);
        }
    }

    private static UnavailableException unavailable(RuntimeException failure) {
        return new UnavailableException("the registry can not do this now: " + failure.getMessage(), failure);
    }
}
