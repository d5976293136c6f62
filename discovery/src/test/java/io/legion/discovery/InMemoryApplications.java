package io.legion.discovery;

import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionKey;
import io.legion.core.Tag;
import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.ApplicationEvent;
import io.legion.discovery.service.Applications;
import io.legion.discovery.service.UnavailableException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// The partitions of the applications as a map. Every event, output and state goes through its codec, as it would on
/// its way to a store.
public final class InMemoryApplications implements Applications {
    private final Map<String, Application> states = new TreeMap<>();
    private final LongSupplier clockMillis;
    private long counter;
    private boolean available = true;
    private Predicate<String> servedHere = _ -> true;

    public InMemoryApplications(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    public synchronized void available(boolean available) {
        this.available = available;
    }

    public synchronized void servedHere(Predicate<String> condition) {
        servedHere = condition;
    }

    @Override
    public synchronized boolean isServedHere(String name) {
        return servedHere.test(name);
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <O> O request(String name, ApplicationEvent<O> event) {
        checkAvailable();
        var codecs = Application.TYPE.eventCodecs();
        var copy =
                (Event<Application, O>) codecs.events().decode(codecs.events().encode(event));
        var applied = copy.apply(read(name), context(name));
        var states = Application.TYPE.stateCodec();
        var next = states.decode(states.encode(applied.state()));
        if (!next.equals(applied.state())) {
            throw new AssertionError("a state is not what its bytes say: " + applied.state() + " and " + next);
        }
        Application.TYPE.tags(next);
        this.states.put(name, next);
        var outputs = codecs.outputs(event);
        return outputs.decode(outputs.encode(applied.output()));
    }

    @Override
    public synchronized Application read(String name) {
        checkAvailable();
        return states.getOrDefault(name, Application.empty());
    }

    @Override
    public synchronized List<String> find(Tag tag) {
        checkAvailable();
        return states.entrySet().stream()
                .filter(e -> Application.TYPE.tags(e.getValue()).contains(tag))
                .map(Map.Entry::getKey)
                .toList();
    }

    private EventContext context(String name) {
        long time = (clockMillis.getAsLong() << EventId.COUNTER_BITS) + counter++;
        return new EventContext(new EventId(time, new ParticipantId(new NodeId(1), 0)), PartitionKey.of(name));
    }

    private void checkAvailable() {
        if (!available) {
            throw new UnavailableException("switched off by the test");
        }
    }
}
