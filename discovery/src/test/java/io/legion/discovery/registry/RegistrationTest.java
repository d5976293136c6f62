package io.legion.discovery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.legion.core.Tag;
import io.legion.discovery.InMemoryApplications;
import io.legion.discovery.ManualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    private static final InstanceKey KEY = new InstanceKey("ORDERS", "a");

    private final ManualClock clock = new ManualClock();
    private final InMemoryApplications applications = new InMemoryApplications(clock);

    @Test
    void aRegisteredInstanceIsThereWithTheTimeOfItsEvent() {
        assertThat(request(Instances.register("a", Status.UP, 1))).isEqualTo(Register.Result.ADDED);
        var lease = lease();
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
        assertThat(lease().announced().dirtyMillis()).isEqualTo(20);
        assertThat(lease().status()).isEqualTo(Status.DOWN);
        assertThat(lease().times().renewed()).isEqualTo(clock.getAsLong());
    }

    @Test
    void anAnnouncementWithoutATimeIsAsNewAsItsEvent() {
        request(Instances.register("a", Status.UP, clock.getAsLong() + 600_000));
        clock.advance(Duration.ofSeconds(1));
        request(Register.of(Instances.named("ORDERS", "a", Duration.ofSeconds(50)), Status.DOWN, Status.UNKNOWN, 0));
        assertThat(lease().announced().leaseMillis()).isEqualTo(50_000);
        assertThat(lease().status()).isEqualTo(Status.DOWN);
        assertThat(lease().announced().dirtyMillis()).isEqualTo(clock.getAsLong());
    }

    @Test
    void whatIsPutReplacesWhatWasThereInTheOrderOfHistory() {
        request(Instances.register("a", Status.UP, clock.getAsLong() + 600_000));
        clock.advance(Duration.ofSeconds(-50));
        var put = Replace.of(Instances.named("ORDERS", "a", Duration.ofSeconds(50)), Optional.empty());
        assertThat(request(put)).isEqualTo(Register.Result.REPLACED);
        assertThat(lease().announced().leaseMillis()).isEqualTo(50_000);
        assertThat(lease().announced().dirtyMillis()).isEqualTo(clock.getAsLong());
    }

    @Test
    void aStatusThatIsPutWithdrawsAnOrderAndNoneKeepsIt() {
        var instance = Instances.named("ORDERS", "a");
        assertThat(request(Replace.of(instance, Optional.empty()))).isEqualTo(Register.Result.ADDED);
        assertThat(lease().status()).isEqualTo(Status.UP);
        request(Replace.of(instance, Optional.of(Status.OUT_OF_SERVICE)));
        assertThat(lease().override()).isEqualTo(Status.UNKNOWN);
        request(Replace.of(instance, Optional.empty()));
        assertThat(lease().status()).as("a put without a status is a whole one").isEqualTo(Status.UP);
        request(new OrderStatus(Status.DOWN, 0));
        request(Replace.of(instance, Optional.empty()));
        assertThat(lease().status()).isEqualTo(Status.DOWN);
        request(Replace.of(instance, Optional.of(Status.STARTING)));
        assertThat(lease().status()).isEqualTo(Status.STARTING);
        assertThat(lease().override()).isEqualTo(Status.UNKNOWN);
        assertThat(request(new Renew(0))).isEqualTo(Renew.Result.RENEWED);
    }

    @Test
    void eachChangeHasATimeOfItsOwn() {
        request(Instances.register("a", Status.UP, 1));
        long first = lease().times().changed();
        request(new OrderStatus(Status.DOWN, 0));
        long second = lease().times().changed();
        clock.advance(Duration.ofSeconds(-50));
        request(Instances.register("a", Status.UP, 2));
        assertThat(second).isGreaterThan(first);
        assertThat(lease().times().changed()).isGreaterThan(second);
    }

    /// Java's readers of XML take no name of more than 1,000 characters, and one here may take six in XML.
    @Test
    void aNameOfMetadataThatXmlCannotHaveIsRefused() {
        var longest = new TreeMap<>(Map.of(":".repeat(160), "x"));
        assertThat(new PutMetadata(longest).metadata()).hasSize(1);
        var longer = new TreeMap<>(Map.of(":".repeat(161), "x"));
        assertThatThrownBy(() -> new PutMetadata(longer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("161 characters");
        assertThatThrownBy(() -> new DataCenter(DataCenter.AMAZON, longer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("161 characters");
    }

    @Test
    void metadataThatMakeAnInstanceTooLargeChangeNothing() {
        request(Instances.register("a", Status.UP, 1));
        var before = lease();
        var large = new TreeMap<>(Map.of("x", "y".repeat(Announcement.MAX_BYTES)));
        assertThat(request(new PutMetadata(large))).isEqualTo(PutMetadata.Result.TOO_LARGE);
        assertThat(lease()).isEqualTo(before);
    }

    @Test
    void aRenewalOfAnUnknownInstanceAsksForARegistration() {
        assertThat(request(new Renew(0))).isEqualTo(Renew.Result.UNKNOWN);
        assertThat(registration()).isEqualTo(Registrations.ABSENT);
    }

    @Test
    void aRenewalTellsWhoKnowsTheNewerInstance() {
        request(Instances.register("a", Status.UP, 100));
        assertThat(request(new Renew(0))).isEqualTo(Renew.Result.RENEWED);
        assertThat(request(new Renew(100))).isEqualTo(Renew.Result.RENEWED);
        assertThat(request(new Renew(101))).isEqualTo(Renew.Result.CHANGED_SINCE);
        assertThat(request(new Renew(99))).isEqualTo(Renew.Result.OUTDATED_CALLER);
    }

    @Test
    void aRenewalKeepsTheLeaseAndIsNoChangeForOthers() {
        request(Instances.register("a", Status.UP, 1));
        long changed = lease().times().changed();
        clock.advance(Duration.ofSeconds(80));
        request(new Renew(1));
        clock.advance(Duration.ofSeconds(80));
        assertThat(request(new Expire())).isEqualTo(Expire.Result.KEPT);
        assertThat(lease().times().changed()).isEqualTo(changed);
    }

    @Test
    void anOrderedStatusOverrulesTheInstanceUntilItIsWithdrawn() {
        request(Instances.register("a", Status.UP, 1));
        assertThat(request(new OrderStatus(Status.OUT_OF_SERVICE, 0))).isTrue();
        request(Instances.register("a", Status.UP, 2));
        assertThat(lease().status()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(lease().override()).isEqualTo(Status.OUT_OF_SERVICE);
        assertThat(request(new WithdrawOrder(Status.UNKNOWN, 0))).isTrue();
        assertThat(lease().status()).isEqualTo(Status.UNKNOWN);
        assertThat(request(new Renew(2))).isEqualTo(Renew.Result.UNKNOWN);
        request(Instances.register("a", Status.UP, 3));
        assertThat(lease().status()).isEqualTo(Status.UP);
    }

    @Test
    void whoSaysThatItIsDownIsBelievedInSpiteOfAnOrder() {
        request(Instances.register("a", Status.UP, 1));
        request(new OrderStatus(Status.OUT_OF_SERVICE, 0));
        request(Instances.register("a", Status.DOWN, 2));
        assertThat(lease().status()).isEqualTo(Status.DOWN);
        assertThat(lease().override()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void anOrderBroughtAlongCountsOnlyIfNoneIsKnown() {
        request(Register.of(Instances.named("ORDERS", "a"), Status.UP, Status.OUT_OF_SERVICE, 1));
        assertThat(lease().status()).isEqualTo(Status.OUT_OF_SERVICE);
        request(Register.of(Instances.named("ORDERS", "a"), Status.UP, Status.UP, 2));
        assertThat(lease().override()).isEqualTo(Status.OUT_OF_SERVICE);
    }

    @Test
    void ordersAndMetadataForTheUnknownChangeNothing() {
        assertThat(request(new OrderStatus(Status.UP, 0))).isFalse();
        assertThat(request(new WithdrawOrder(Status.UP, 0))).isFalse();
        assertThat(request(new PutMetadata(new TreeMap<>(Map.of("x", "1"))))).isEqualTo(PutMetadata.Result.UNKNOWN);
        assertThat(request(new Cancel())).isFalse();
        assertThat(registration()).isEqualTo(Registrations.ABSENT);
    }

    @Test
    void metadataAreAddedAndReplacedAndTheOthersStay() {
        request(Instances.register("a", Status.UP, 1));
        assertThat(request(new PutMetadata(new TreeMap<>(Map.of("zone", "eu", "version", "2.0.0")))))
                .isEqualTo(PutMetadata.Result.PUT);
        assertThat(lease().announced().instance().decode().metadata())
                .isEqualTo(Map.of("zone", "eu", "version", "2.0.0"));
        assertThat(lease().modified()).isTrue();
    }

    @Test
    void whatIsOverdueExpiresAtTheTimeOfTheEventAndNotBefore() {
        request(Instances.register("a", Status.UP, 1));
        clock.advance(Duration.ofSeconds(90));
        assertThat(request(new Expire())).isEqualTo(Expire.Result.KEPT);
        clock.advance(Duration.ofMillis(1));
        assertThat(request(new Expire())).isEqualTo(Expire.Result.EXPIRED);
        assertThat(registration().listed()).isNull();
        assertThat(registration()).isInstanceOf(Registration.Removed.class);
    }

    @Test
    void aRemovedInstanceIsForgottenAfterThreeMinutesAndThenTakesNoSpace() {
        request(Instances.register("a", Status.UP, 1));
        assertThat(request(new Cancel())).isTrue();
        clock.advance(Duration.ofMillis(Registration.KEEP_REMOVED_MILLIS));
        assertThat(request(new Expire())).isEqualTo(Expire.Result.KEPT);
        clock.advance(Duration.ofMillis(1));
        assertThat(request(new Expire())).isEqualTo(Expire.Result.FORGOTTEN);
        assertThat(registration()).isEqualTo(Registrations.ABSENT);
        assertThat(applications.size()).isZero();
    }

    @Test
    void whoComesBackBeginsAnew() {
        request(Instances.register("a", Status.UP, 1));
        request(new OrderStatus(Status.DOWN, 0));
        request(new Cancel());
        assertThat(request(Instances.register("a", Status.UP, 2))).isEqualTo(Register.Result.ADDED);
        assertThat(lease().modified()).isFalse();
        assertThat(lease().status()).isEqualTo(Status.UP);
    }

    @Test
    void itIsFoundByApplicationIdAndEachOfItsVirtualAddressesUntilItIsRemoved() {
        request(Instances.register("a", Status.UP, 1));
        var tags = List.of(
                Registrations.application("ORDERS"),
                Registrations.instance("a"),
                Registrations.vip("orders"),
                Registrations.vip("orders-eu"),
                Registrations.secureVip("orders-tls"));
        assertThat(tags)
                .allSatisfy(tag -> assertThat(applications.find(tag, 10)).containsExactly(KEY));
        assertThat(applications.find(Registrations.vip("order"), 10)).isEmpty();
        request(new Cancel());
        assertThat(tags)
                .allSatisfy(tag -> assertThat(applications.find(tag, 10)).isEmpty());
    }

    @Test
    void aRenewalChangesNoTagAndEveryOtherChangeTheVersion() {
        request(Instances.register("a", Status.UP, 1));
        var registered = Registrations.TYPE.tags(registration());
        clock.advance(Duration.ofSeconds(1));
        request(new Renew(1));
        assertThat(Registrations.TYPE.tags(registration())).isEqualTo(registered);
        var versions = new HashSet<>(registered);
        for (var event : List.<RegistrationEvent<?>>of(
                Instances.register("a", Status.UP, 2),
                new OrderStatus(Status.DOWN, 0),
                new WithdrawOrder(Status.UP, 0),
                new PutMetadata(new TreeMap<>(Map.of("x", "1"))),
                new Cancel())) {
            clock.advance(Duration.ofMillis(1));
            request(event);
            assertThat(versions).doesNotContain(version());
            versions.add(version());
        }
    }

    @Test
    void whatComesLateAndChangesAnInstanceChangesItsVersion() {
        var early = Instances.register("a", Status.UP, 1);
        var late = Register.of(Instances.named("ORDERS", "a", Duration.ofSeconds(30)), Status.UP, Status.UNKNOWN, 2);
        request(early);
        clock.advance(Duration.ofSeconds(1));
        request(new OrderStatus(Status.DOWN, 0));
        var lease = lease();
        var other = new Lease(late.announced(), lease.status(), lease.override(), lease.modified(), lease.times());
        assertThat(new Registration.Listed(other).hasVersion(version())).isFalse();
        assertThat(new Registration.Removed(lease).hasVersion(version())).isFalse();
        assertThat(new Registration.Listed(lease).hasVersion(version())).isTrue();
    }

    @Test
    void anInstanceWithoutWhatItNeedsIsRefusedWithTheName() {
        assertThatThrownBy(() -> Instances.named("ORDERS", " ")).hasMessage("missing instanceId");
        assertThatThrownBy(() -> Instances.named("", "a")).hasMessage("missing app");
        assertThatThrownBy(() -> Instances.named("ORDERS", "x".repeat(251))).hasMessageContaining("instanceId has 251");
        assertThatThrownBy(() -> Instances.named("ORDERS", "a", Duration.ofDays(2)))
                .hasMessageContaining("1 second to 1 day");
        assertThatThrownBy(() -> new DataCenter("Azure", new TreeMap<>())).hasMessageContaining("not \"Azure\"");
        assertThatThrownBy(() -> new PutMetadata(new TreeMap<>(Map.of("version", "1".repeat(251)))))
                .hasMessageContaining("version has 251");
        assertThatThrownBy(() -> new PutMetadata(new TreeMap<>(Map.of("x", "\ud83d"))))
                .hasMessageContaining("half of a surrogate pair");
        assertThatThrownBy(() -> new Port(65_536, true)).hasMessageContaining("65536");
    }

    private <O> O request(RegistrationEvent<O> event) {
        return applications.request(KEY, event);
    }

    private Registration registration() {
        return applications.read(KEY);
    }

    private Tag version() {
        return Registrations.TYPE.tags(registration()).stream()
                .filter(registration()::hasVersion)
                .findFirst()
                .orElseThrow();
    }

    private Lease lease() {
        return Objects.requireNonNull(registration().listed());
    }
}
