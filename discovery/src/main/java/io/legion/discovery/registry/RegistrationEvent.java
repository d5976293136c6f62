package io.legion.discovery.registry;

import io.legion.core.Event;

/// The events of an instance. The partition's key says of which one.
///
/// @param <O> the caller's answer
public sealed interface RegistrationEvent<O> extends Event<Registration, O>
        permits Announcing, Renew, Cancel, OrderStatus, WithdrawOrder, PutMetadata, Expire {}
