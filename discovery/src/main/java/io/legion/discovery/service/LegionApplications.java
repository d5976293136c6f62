package io.legion.discovery.service;

import io.legion.core.Consistency;
import io.legion.core.EventFailedException;
import io.legion.core.SearchTag;
import io.legion.core.Tag;
import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.ApplicationEvent;
import io.legion.runtime.Partitions;
import io.legion.runtime.RequestException;
import io.legion.runtime.StoreException;
import java.util.List;
import java.util.function.Supplier;

/// The [Applications] on Legion.
public final class LegionApplications implements Applications {
    private final Partitions<Application> partitions;
    private final Consistency consistency;

    /// @param consistency what a change must have reached before it is answered; reads are always of what this node
    ///     knows
    public LegionApplications(Partitions<Application> partitions, Consistency consistency) {
        this.partitions = partitions;
        this.consistency = consistency;
    }

    @Override
    public <O> O request(String name, ApplicationEvent<O> event) {
        try {
            return partitions.request(name, event, consistency).output();
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
        return reading(() -> partitions.read(name));
    }

    @Override
    public List<String> find(Tag tag) {
        return reading(() -> partitions
                .search(SearchTag.from(tag))
                .takeWhile(record -> record.tag().equals(tag))
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
