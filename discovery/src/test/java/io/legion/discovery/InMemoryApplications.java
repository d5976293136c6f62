package io.legion.discovery;

import io.legion.Search;
import io.legion.core.Event;
import io.legion.core.EventContext;
import io.legion.core.EventId;
import io.legion.core.IndexRecord;
import io.legion.core.NodeId;
import io.legion.core.ParticipantId;
import io.legion.core.PartitionType;
import io.legion.discovery.registry.InstanceKey;
import io.legion.discovery.registry.Registration;
import io.legion.discovery.registry.RegistrationEvent;
import io.legion.discovery.registry.Registrations;
import io.legion.discovery.service.Applications;
import io.legion.discovery.service.UnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// The partitions of the instances as a map. Every event, output and state goes through its codec, as it would on
/// its way to a store.
public final class InMemoryApplications implements Applications {
    private final Map<InstanceKey, Registration> states = new HashMap<>();
    private final TreeSet<IndexRecord> index = new TreeSet<>();
    private final LongSupplier clockMillis;
    private long counter;
    private long reads;
    private boolean available = true;
    private Predicate<InstanceKey> servedHere = _ -> true;
    private Runnable duringReads = () -> {};

    public InMemoryApplications(LongSupplier clockMillis) {
        this.clockMillis = clockMillis;
    }

    public synchronized void available(boolean available) {
        this.available = available;
    }

    public synchronized void servedHere(Predicate<InstanceKey> condition) {
        servedHere = condition;
    }

    /// What happens while many instances are read.
    public synchronized void duringReads(Runnable what) {
        duringReads = what;
    }

    @Override
    public synchronized boolean isServedHere(InstanceKey key) {
        return servedHere.test(key);
    }

    /// How many instances were read so far.
    public synchronized long reads() {
        return reads;
    }

    @Override
    @SuppressWarnings("unchecked")
    public synchronized <O> O request(InstanceKey key, RegistrationEvent<O> event) {
        checkAvailable();
        var codecs = Registrations.TYPE.eventCodecs();
        var copy =
                (Event<Registration, O>) codecs.events().decode(codecs.events().encode(event));
        var applied = copy.apply(state(key), context(key));
        var states = Registrations.TYPE.stateCodec();
        var next = states.decode(states.encode(applied.state()));
        if (!next.equals(applied.state())) {
            throw new AssertionError("a state is not what its bytes say: " + applied.state() + " and " + next);
        }
        put(key, next);
        var outputs = codecs.outputs(event);
        return outputs.decode(outputs.encode(applied.output()));
    }

    /// Makes this the state of an instance, as an event does that comes late and lands in the past.
    public synchronized void put(InstanceKey key, Registration state) {
        Registrations.TYPE.tags(state(key)).forEach(tag -> index.remove(new IndexRecord(tag, key.partition())));
        Registrations.TYPE.tags(state).forEach(tag -> index.add(new IndexRecord(tag, key.partition())));
        if (state.equals(Registrations.ABSENT)) {
            states.remove(key);
        } else {
            states.put(key, state);
        }
    }

    /// How many partitions have another state than the initial one.
    public synchronized int size() {
        return states.size();
    }

    @Override
    public synchronized <O> List<O> requestAll(List<InstanceKey> keys, RegistrationEvent<O> event) {
        return keys.stream().map(key -> request(key, event)).toList();
    }

    @Override
    public synchronized Registration read(InstanceKey key) {
        checkAvailable();
        reads++;
        return state(key);
    }

    @Override
    public synchronized List<Registration> readAll(List<InstanceKey> keys) {
        duringReads.run();
        return keys.stream().map(this::read).toList();
    }

    @Override
    public synchronized void search(Search search, Predicate<IndexRecord> to) {
        checkAvailable();
        for (var record : List.copyOf(index)) {
            if (search.start().isBefore(record) && (search.isPast(record.tag()) || !to.test(record))) {
                return;
            }
        }
    }

    private Registration state(InstanceKey key) {
        return states.getOrDefault(key, Registrations.ABSENT);
    }

    private EventContext context(InstanceKey key) {
        long time = (clockMillis.getAsLong() << EventId.COUNTER_BITS) + counter++;
        return new EventContext(
                new EventId(time, new ParticipantId(new NodeId(1), 0)), key.partition(), PartitionType.FIRST_VERSION);
    }

    private void checkAvailable() {
        if (!available) {
            throw new UnavailableException("switched off by the test");
        }
    }
}
