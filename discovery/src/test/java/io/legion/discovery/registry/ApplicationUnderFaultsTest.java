package io.legion.discovery.registry;

import io.legion.simulation.Randomness;
import io.legion.simulation.Simulation;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplicationUnderFaultsTest {
    @Test
    void anInstanceIsEitherThereOrRemovedAndAnOrderIsShownAsLongAsTheInstanceWorks() {
        Simulation.of(Application.TYPE)
                .events(ApplicationUnderFaultsTest::event)
                .invariant(ApplicationUnderFaultsTest::isInOrder)
                .keys(2)
                .seeds(30)
                .run();
    }

    private static ApplicationEvent<?> event(Randomness random) {
        String id = "i" + random.below(4);
        var status = random.oneOf(List.of(Status.UP, Status.DOWN, Status.OUT_OF_SERVICE));
        return switch (random.below(6)) {
            case 0 -> Instances.register(id, status, random.below(5));
            case 1 -> new Cancel(id);
            case 2 -> new OrderStatus(id, status, random.below(5));
            case 3 -> new WithdrawOrder(id, status, random.below(5));
            case 4 -> new Expire(random.below(3));
            default -> new Renew(id, random.below(5));
        };
    }

    private static boolean isInOrder(Application application) {
        return Collections.disjoint(
                        application.leases().keySet(), application.removed().keySet())
                && application.leases().values().stream()
                        .allMatch(lease ->
                                lease.times().registered() <= lease.times().renewed());
    }
}
