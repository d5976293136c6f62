package io.legion.discovery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Tag;
import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ApplicationTest {
    private final ManualClock clock = new ManualClock();
    private final InMemoryApplications applications = new InMemoryApplications(clock);

    @Test
    void aRegisteredInstanceIsThereWithTheTimeOfItsEvent() {
        assertThat(request(Instances.register("a", Status.UP, 1))).isEqualTo(Register.Result.ADDED);
        var lease = lease("a");
        assertThat(lease.status()).isEqualTo(Status.UP);
        assertThat(lease.times())
                .isEqualTo(new Times(clock.getAsLong(), clock.getAsLong(), clock.getAsLong(), clock.getAsLong()));
        assertThat(lease.announced().instance().decode()).isEqualTo(Instances.named("ORDERS", "a"));
    }

    @Test
    void anOlderAnnouncementRenewsButDoesNotReplaceANewerOne() {
        request(Register.of(Instances.named("ORDERS", "a", Duration.ofSeconds(50)), Status.DOWN, Status.UNKNOWN, 20));
        clock.advance(Duration.ofSeconds(40));
        assertThat(request(Instances.register("a", Status.UP, 10))).isEqualTo(Register.Result.REPLACED);
        assertThat(lease("a").announced().dirtyMillis()).isEqualTo(20);
        assertThat(lease("a").status()).isEqualTo(Status.DOWN);
        assertThat(lease("a").times().renewed()).isEqualTo(clock.getAsLong());
    }

    @Test
    void anAnnouncementWithoutATimeIsAsNewAsItsEvent() {
        request(Instances.register("a", Status.UP, clock.getAsLong() + 600_000));
        clock.advance(Duration.ofSeconds(1));
        request(Register.of(Instances.named("ORDERS", "a", Duration.ofSeconds(50)), Status.DOWN, Status.UNKNOWN, 0));
        assertThat(lease("a").announced().leaseMillis()).isEqualTo(50_000);
        assertThat(lease("a").status()).isEqualTo(Status.DOWN);
        assertThat(lease("a").announced().dirtyMillis()).isEqualTo(clock.getAsLong());
    }

    @Test
    void whatIsPutReplacesWhatWasThereInTheOrderOfHistory() {
        request(Instances.register("a", Status.UP, clock.getAsLong() + 600_000));
        clock.advance(Duration.ofSeconds(-50));
        var put = Replace.of(Instances.named("ORDERS", "a", Duration.ofSeconds(50)), Optional.empty());
        assertThat(request(put)).isEqualTo(Register.Result.REPLACED);
        assertThat(lease("a").announced().leaseMillis()).isEqualTo(50_000);
        assertThat(lease("a").announced().dirtyMillis()).isEqualTo(clock.getAsLong());
    }

    @Test
    void aStatusThatIsPutWithdrawsAnOrderAndNoneKeepsIt() {
        var instance = Instances.named("ORDERS", "a");
        assertThat(request(Replace.of(instance, Optional.empty()))).isEqualTo(Register.Result.ADDED);
        assertThat(lease("a").status()).isEqualTo(Status.UP);
        request(Replace.of(instance, Optional.of(Status.OUT_OF_SERVICE)));
        assertThat(lease("a").override()).isEqualTo(Status.UNKNOWN);
        request(Replace.of(instance, Optional.empty()));
        assertThat(lease("a").status())
                .as("a put without a status is a whole one")
                .isEqualTo(Status.UP);
        request(new OrderStatus("a", Status.DOWN, 0));
        request(Replace.of(instance, Optional.empty()));
        assertThat(lease("a").status()).isEqualTo(Status.DOWN);
        request(Replace.of(instance, Optional.of(Status.STARTING)));
        assertThat(lease("a").status()).isEqualTo(Status.STARTING);
        assertThat(lease("a").override()).isEqualTo(Status.UNKNOWN);
        assertThat(request(new Renew("a", 0))).isEqualTo(Renew.Result.RENEWED);
    }

    @Test
    void eachChangeHasATimeOfItsOwn() {
        request(Instances.register("a", Status.UP, 1));
        long first = lease("a").times().changed();
        request(new OrderStatus("a", Status.DOWN, 0));
        long second = lease("a").times().changed();
        clock.advance(Duration.ofSeconds(-50));
        request(Instances.register("a", Status.UP, 2));
        assertThat(second).isGreaterThan(first);
        assertThat(lease("a").times().changed()).isGreaterThan(second);
    }

    @Test
    void metadataThatMakeAnInstanceTooLargeChangeNothing() {
        request(Instances.register("a", Status.UP, 1));
        var before = lease("a");
        var large = new TreeMap<>(Map.of("x", "y".repeat(Announcement.MAX_BYTES)));
        assertThat(request(new PutMetadata("a", large))).isEqualTo(PutMetadata.Result.TOO_LARGE);
        assertThat(lease("a")).isEqualTo(before);
    }

    @Test
    void aRenewalOfAnUnknownInstanceAsksForARegistration() {
        assertThat(request(new Renew("a", 0))).isEqualTo(Renew.Result.UNKNOWN);
        assertThat(applications.read("ORDERS").isEmpty()).isTrue();
    }

    @Test
    void aRenewalTellsWhoKnowsTheNewerInstance() {
        request(Instances.register("a", Status.UP, 100));
        assertThat(request(new Renew("a", 0))).isEqualTo(Renew.Result.RENEWED);
        assertThat(request(new Renew("a", 100))).isEqualTo(Renew.Result.RENEWED);
        assertThat(request(new Renew("a", 101))).isEqualTo(Renew.Result.CHANGED_SINCE);
        assertThat(request(new Renew("a", 99))).isEqualTo(Renew.Result.OUTDATED_CALLER);
    }

    @Test
    void aRenewalKeepsTheLeaseAndIsNoChangeForOthers() {
        request(Instances.register("a", Status.UP, 1));
        long changed = lease("a").times().changed();
        clock.advance(Duration.ofSeconds(80));
        request(new Renew("a", 1));
        clock.advance(Duration.ofSeconds(80));
        assertThat(request(new Expire(10))).isZero();
        assertThat(lease("a").times().changed()).isEqualTo(changed);
    }

    @Test
    void whatIsOverdueExpiresAtTheTimeOfTheEventAndNotBefore() {
        request(Instances.register("a", Status.UP, 1));
        clock.advance(Duration.ofSeconds(90));
        assertThat(request(new Expire(10))).isZero();
        clock.advance(Duration.ofMillis(1));
        assertThat(request(new Expire(10))).isEqualTo(1);
        assertThat(applications.read("ORDERS").leases()).isEmpty();
        assertThat(applications.read("ORDERS").removed()).containsOnlyKeys("a");
    }

    @Test
    void oneExpiryTakesThoseThatEndedFirstUpToItsLimit() {
        for (var id : new String[] {"c", "a", "b"}) {
            request(Instances.register(id, Status.UP, 1));
            clock.advance(Duration.ofSeconds(1));
        }
        clock.advance(Duration.ofSeconds(100));
        assertThat(request(new Expire(2))).isEqualTo(2);
        assertThat(applications.read("ORDERS").leases()).containsOnlyKeys("b");
    }

    @Test
    void theRemovedAreForgottenAfterThreeMinutesAndThenTheApplicationIs() {
        request(Instances.register("a", Status.UP, 1));
        assertThat(request(new Cancel("a"))).isTrue();
        assertThat(applications.find(Application.PRESENT)).containsExactly("ORDERS");
        clock.advance(Duration.ofMillis(Application.KEEP_REMOVED_MILLIS + 1));
        assertThat(applications.read("ORDERS").isStale(clock.getAsLong())).isTrue();
        request(new Expire(1));
        assertThat(applications.read("ORDERS").isEmpty()).isTrue();
        assertThat(applications.find(Application.PRESENT)).isEmpty();
    }

    @Test
    void theRemovedAreBoundedAndTheLatestAreKept() {
        for (int i = 0; i < Application.MAX_REMOVED + 20; i++) {
            request(Instances.register("i" + i, Status.UP, 1));
            request(new Cancel("i" + i));
            clock.advance(Duration.ofMillis(1));
        }
        assertThat(applications.read("ORDERS").removed())
                .hasSize(Application.MAX_REMOVED)
                .containsKey("i" + (Application.MAX_REMOVED + 19))
                .doesNotContainKey("i19")
                .containsKey("i20");
    }

    @Test
    void whoComesBackIsNotAmongTheRemoved() {
        request(Instances.register("a", Status.UP, 1));
        request(new Cancel("a"));
        request(Instances.register("a", Status.UP, 2));
        assertThat(applications.read("ORDERS").removed()).isEmpty();
        assertThat(lease("a").modified()).isFalse();
    }

    @Test
    void anOrderedStatusOverrulesTheInstanceUntilItIsWithdrawn() {
        request(Instances.register("a", Status.UP, 1));
        assertThat(request(new OrderStatus("a", Status.OUT_OF_SERVICE, 0))).isTrue();
        request(Instances.register("a", Status.UP, 2));
        assertThat(lease("a").status()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(lease("a").override()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(request(new WithdrawOrder("a", Status.UNKNOWN, 0))).isTrue();
        assertThat(lease("a").status()).isEqualTo(Status.UNKNOWN);
        assertThat(request(new Renew("a", 2))).isEqualTo(Renew.Result.UNKNOWN);
        request(Instances.register("a", Status.UP, 3));
        assertThat(lease("a").status()).isEqualTo(Status.UP);
    }

    @Test
    void whoSaysThatItIsDownIsBelievedInSpiteOfAnOrder() {
        request(Instances.register("a", Status.UP, 1));
        request(new OrderStatus("a", Status.OUT_OF_SERVICE, 0));
        request(Instances.register("a", Status.DOWN, 2));
        assertThat(lease("a").status()).isEqualTo(Status.DOWN);
        assertThat(lease("a").override()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void anOrderBroughtAlongCountsOnlyIfNoneIsKnown() {
        request(Register.of(Instances.named("ORDERS", "a"), Status.UP, Status.OUT_OF_SERVICE, 1));
        assertThat(lease("a").status()).isEqualTo(Status.OUT_OF_SERVICE);
        request(Register.of(Instances.named("ORDERS", "a"), Status.UP, Status.UP, 2));
        assertThat(lease("a").override()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void ordersAndMetadataForTheUnknownChangeNothing() {
        assertThat(request(new OrderStatus("a", Status.UP, 0))).isFalse();
        assertThat(request(new WithdrawOrder("a", Status.UP, 0))).isFalse();
        assertThat(request(new PutMetadata("a", new TreeMap<>(Map.of("x", "1")))))
                .isEqualTo(PutMetadata.Result.UNKNOWN);
        assertThat(request(new Cancel("a"))).isFalse();
        assertThat(applications.read("ORDERS").isEmpty()).isTrue();
    }

    @Test
    void metadataAreAddedAndReplacedAndTheOthersStay() {
        request(Instances.register("a", Status.UP, 1));
        assertThat(request(new PutMetadata("a", new TreeMap<>(Map.of("zone", "eu", "version", "2.0.0")))))
                .isEqualTo(PutMetadata.Result.PUT);
        assertThat(lease("a").announced().instance().decode().metadata())
                .isEqualTo(Map.of("zone", "eu", "version", "2.0.0"));
        assertThat(lease("a").modified()).isTrue();
    }

    @Test
    void anApplicationTakesNoMoreInstancesThanItsBound() {
        for (int i = 0; i < Application.MAX_INSTANCES; i++) {
            request(Instances.register("i" + i, Status.UP, 1));
        }
        assertThat(request(Instances.register("one more", Status.UP, 1))).isEqualTo(Register.Result.FULL);
        assertThat(request(Instances.register("i7", Status.UP, 2))).isEqualTo(Register.Result.REPLACED);
        assertThat(applications.read("ORDERS").leases()).hasSize(Application.MAX_INSTANCES);
    }

    @Test
    void itIsFoundByInstanceAndEachOfItsVirtualAddresses() {
        request(Instances.register("a", Status.UP, 1));
        for (var tag : new Tag[] {
            Application.instance("a"),
            Application.vip("orders"),
            Application.vip("orders-eu"),
            Application.secureVip("orders-tls"),
            Application.PRESENT
        }) {
            assertThat(applications.find(tag)).containsExactly("ORDERS");
        }
        assertThat(applications.find(Application.vip("order"))).isEmpty();
        assertThat(applications.find(Application.instance("b"))).isEmpty();
    }

    @Test
    void anInstanceWithoutWhatItNeedsIsRefusedWithTheName() {
        assertThatThrownBy(() -> Instances.named("ORDERS", " ")).hasMessage("missing instanceId");
        assertThatThrownBy(() -> Instances.named("", "a")).hasMessage("missing app");
        assertThatThrownBy(() -> Instances.named("ORDERS", "x".repeat(251))).hasMessageContaining("instanceId has 251");
        assertThatThrownBy(() -> Instances.named("ORDERS", "a", Duration.ofDays(2)))
                .hasMessageContaining("1 second to 1 day");
        assertThatThrownBy(() -> new DataCenter("Azure", new TreeMap<>())).hasMessageContaining("not \"Azure\"");
        assertThatThrownBy(() -> new PutMetadata("a", new TreeMap<>(Map.of("version", "1".repeat(251)))))
                .hasMessageContaining("version has 251");
        assertThatThrownBy(() -> new PutMetadata("a", new TreeMap<>(Map.of("x", "\ud83d"))))
                .hasMessageContaining("half of a surrogate pair");
        assertThatThrownBy(() -> new Port(65_536, true)).hasMessageContaining("65536");
    }

    private <O> O request(ApplicationEvent<O> event) {
        return applications.request("ORDERS", event);
    }

    private Lease lease(String id) {
        return Objects.requireNonNull(applications.read("ORDERS").lease(id));
    }
}
