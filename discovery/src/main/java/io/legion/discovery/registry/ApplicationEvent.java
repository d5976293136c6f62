package io.legion.discovery.registry;

import io.legion.core.Event;

/// The events of an application. All of them are small, whatever the size of the application.
///
/// @param <O> the caller's answer
public sealed interface ApplicationEvent<O> extends Event<Application, O>
        permits Register, Replace, Renew, Cancel, OrderStatus, WithdrawOrder, PutMetadata, Expire {}
