package io.legion.discovery.registry;

import io.legion.simulation.Randomness;
import io.legion.simulation.Simulation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistrationUnderFaultsTest {
    @Test
    void aLeaseIsRenewedNoEarlierThanItIsRegistered() {
        Simulation.of(Registrations.TYPE)
                .events(RegistrationUnderFaultsTest::event)
                .invariant(RegistrationUnderFaultsTest::isInOrder)
                .keys(4)
                .seeds(30)
                .run();
    }

    private static RegistrationEvent<?> event(Randomness random) {
        var status = random.oneOf(List.of(Status.UP, Status.DOWN, Status.OUT_OF_SERVICE));
        return switch (random.below(8)) {
            case 0 -> Instances.register("a", status, random.below(5));
            case 1 -> new Cancel();
            case 2 -> new OrderStatus(status, random.below(5));
            case 3 -> new WithdrawOrder(status, random.below(5));
            case 4 -> new Expire();
            case 5 -> Replace.of(Instances.named("ORDERS", "a"), Optional.empty());
            case 6 -> Replace.of(Instances.named("ORDERS", "a"), Optional.of(status));
            default -> new Renew(random.below(5));
        };
    }

    private static boolean isInOrder(Registration registration) {
        return switch (registration) {
            case Registration.Absent _ -> true;
            case Registration.Listed(var lease) ->
                lease.times().registered() <= lease.times().renewed();
            case Registration.Removed(var lease) ->
                lease.times().renewed() <= lease.times().changed();
        };
    }
}
