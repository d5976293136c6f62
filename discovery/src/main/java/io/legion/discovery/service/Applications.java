package io.legion.discovery.service;

import io.legion.core.Tag;
import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.ApplicationEvent;
import java.util.List;

/// Specification of what the registry needs of Legion: the partitions of the applications.
///
/// **Failure.** Every method throws [UnavailableException] when it cannot do its work now. A request may then
/// have been done all the same, and may be repeated: every event of the registry may. **Threads.** Any thread
/// may call every method, which blocks it.
public interface Applications {
    /// Applies an event to an application, and answers when it is stored.
    ///
    /// @param name the application's name in upper case
    /// @throws IllegalArgumentException if the event failed and changed nothing
    <O> O request(String name, ApplicationEvent<O> event);

    /// The state of an application; an empty one if there is none of that name.
    Application read(String name);

    /// The states of these applications, in this order, each as of its own moment.
    default List<Application> readAll(List<String> names) {
        return names.stream().map(this::read).toList();
    }

    /// True if this is the node that should look after this application. Around a failure there may be none for
    /// a while, or two.
    boolean isServedHere(String name);

    /// The names of the applications that have this tag, in order.
    List<String> find(Tag tag);
}
