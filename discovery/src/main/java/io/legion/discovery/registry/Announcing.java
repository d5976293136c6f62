package io.legion.discovery.registry;

/// The events that bring an instance into the registry, or tell it anew of one.
public sealed interface Announcing extends RegistrationEvent<Register.Result> permits Register, Replace {
    /// What the event says of the instance.
    Announcement announced();
}
