package io.legion.discovery.service;

import io.legion.Search;
import io.legion.core.IndexRecord;
import io.legion.core.Tag;
import io.legion.discovery.registry.Announcing;
import io.legion.discovery.registry.InstanceKey;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.Register;
import io.legion.discovery.registry.Registration;
import io.legion.discovery.registry.RegistrationEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Specification of what the registry needs of Legion: the partitions of the instances, and their index.
///
/// **Failure.** Every method throws [UnavailableException] when it cannot do its work now. A request may then
/// have been done all the same, and may be repeated: every event of the registry may. **Threads.** Any thread
/// may call every method, which blocks it.
public interface Applications {
    /// Applies an event to an instance, and answers when it is stored.
    ///
    /// @throws IllegalArgumentException if the event failed and changed nothing
    <O> O request(InstanceKey key, RegistrationEvent<O> event);

    /// Applies the same event to each of these instances; the outputs in their order.
    <O> List<O> requestAll(List<InstanceKey> keys, RegistrationEvent<O> event);

    /// What the registry has of an instance.
    Registration read(InstanceKey key);

    /// What the registry has of these instances, in this order, each as of its own moment.
    List<Registration> readAll(List<InstanceKey> keys);

    /// Gives what a search finds in the index to `to`, one after the other, until that is enough.
    ///
    /// @param to gives true to get the next one
    void search(Search search, Predicate<IndexRecord> to);

    /// True if this is the node that should look after this instance. Around a failure there may be none for a
    /// while, or two.
    boolean isServedHere(InstanceKey key);

    /// Registers an instance under its own key.
    default Register.Result register(Announcing event) {
        return request(event.announced().key(), event);
    }

    /// The lease of an instance that is in the registry, or null.
    default @Nullable Lease lease(InstanceKey key) {
        return read(key).listed();
    }

    /// The instances that have this tag, in order of application and id.
    ///
    /// @param most how many at most, up to [Search#MAX_LIMIT]
    default List<InstanceKey> find(Tag tag, int most) {
        var found = new ArrayList<InstanceKey>();
        search(Search.of(tag).limit(most), record -> {
            found.add(InstanceKey.of(record.key()));
            return found.size() < most;
        });
        return found;
    }
}
