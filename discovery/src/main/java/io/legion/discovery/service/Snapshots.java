package io.legion.discovery.service;

import io.legion.Search;
import io.legion.core.Tag;
import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.InstanceKey;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.Registration;
import io.legion.discovery.registry.Registrations;
import io.legion.discovery.registry.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// Gives snapshots of a bounded age: a caller that asks again within that time gets the same one, and callers
/// that ask at once share one pass over the index. Keeps at most one.
///
/// **Cost.** A pass asks the index for the versions of what changed lately, and reads only instances whose
/// version is another one than the last snapshot has. Now and then a pass asks for all versions: what changed on
/// the other side of a cut network comes with times long past. It is done often enough for small registries to
/// be compared whole each time, and so seldom for large ones that a pass has about [#VERSIONS_EACH] versions on
/// average. Renewals have no version: in a snapshot a lease may be renewed later than it says.
///
/// **Threads.** Any.
public final class Snapshots {
    /// More instances than this are not read one by one for a request.
    static final int MANY = 1000;

    private static final int VERSIONS_EACH = 5000;
    private static final long WHOLE_AFTER_MILLIS = 30_000;

    /// Events may come this much later than their time: by the way to the node that is asked, or because the
    /// clocks of two nodes differ.
    private static final long OVERLAP_MILLIS = 10_000;

    private final Applications applications;
    private final Duration maximumAge;
    private final LongSupplier clockMillis;
    private final ReentrantLock taking = new ReentrantLock();

    /// Held while leases are read that seem to be over. There may be many, and nobody else waits for that.
    private final ReentrantLock renewing = new ReentrantLock();

    private volatile Snapshot last = Snapshot.NOTHING;
    private long begunNanos;
    private long wholeMillis;
    private long versions;
    private long passes;

    /// @param maximumAge how old a snapshot may be; zero takes a new one each time
    public Snapshots(Applications applications, Duration maximumAge, LongSupplier clockMillis) {
        this.applications = applications;
        this.maximumAge = maximumAge;
        this.clockMillis = clockMillis;
    }

    /// A snapshot begun at most the maximum age ago.
    ///
    /// @throws UnavailableException if one is needed and cannot be taken
    public Snapshot current() {
        var known = last;
        if (isYoung(known)) {
            return known;
        }
        taking.lock();
        try {
            return isYoung(last) ? last : take();
        } finally {
            taking.unlock();
        }
    }

    /// The last snapshot taken, of whatever age.
    Snapshot last() {
        return last;
    }

    /// A snapshot begun after this call: it has what was acknowledged before.
    Snapshot fresh() {
        long asked = System.nanoTime();
        taking.lock();
        try {
            return last.number() > 0 && begunNanos - asked > 0 ? last : take();
        } finally {
            taking.unlock();
        }
    }

    /// A snapshot in which no lease seems to be over that was renewed since: it reads again those that seem so.
    ///
    /// @throws UnavailableException if they cannot be read
    public Snapshot renewed(long nowMillis) {
        renewing.lock();
        try {
            var seen = current();
            var over = seen.all()
                    .leases()
                    .filter(lease -> lease.isOverdue(nowMillis))
                    .map(lease -> lease.announced().key())
                    .toList();
            return with(changed(over, seen.all()), seen.all());
        } finally {
            renewing.unlock();
        }
    }

    /// Adds what was read to the last snapshot, but for what another pass has read meanwhile: that may be later.
    private Snapshot with(Map<InstanceKey, Registration> changed, InstanceList seen) {
        taking.lock();
        try {
            var known = last.all();
            changed.keySet().removeIf(key -> !known.registration(key).equals(seen.registration(key)));
            last = last.next(known.with(changed), last.takenMillis());
            return last;
        } finally {
            taking.unlock();
        }
    }

    /// The instances of an application, with all that was acknowledged before this call.
    ///
    /// @throws UnavailableException if they cannot be read
    public Application application(String name) {
        var keys = applications.find(Registrations.application(name), MANY + 1);
        return isMany(keys) ? fresh().all().application(name) : listing(keys).application(name);
    }

    /// The instances with this tag, with all that was acknowledged before this call.
    ///
    /// @param condition holds for the leases that have the tag
    /// @throws UnavailableException if they cannot be read
    public InstanceList having(Tag tag, Predicate<Lease> condition) {
        var keys = applications.find(tag, MANY + 1);
        return (isMany(keys) ? fresh().all() : listing(keys)).only(condition);
    }

    private static boolean isMany(List<InstanceKey> keys) {
        return keys.size() > MANY;
    }

    private InstanceList listing(List<InstanceKey> keys) {
        return InstanceList.EMPTY.with(changed(keys, InstanceList.EMPTY));
    }

    private boolean isYoung(Snapshot snapshot) {
        long age = clockMillis.getAsLong() - snapshot.takenMillis();
        return snapshot.number() > 0 && age >= 0 && age < maximumAge.toMillis();
    }

    private Snapshot take() {
        long begun = System.nanoTime();
        long now = clockMillis.getAsLong();
        var known = last;
        boolean whole = isWholeDue(known, now);
        var suspects = whole ? differing(known.all()) : changedSince(known.takenMillis() - OVERLAP_MILLIS, known.all());
        var taken = known.next(known.all().with(changed(suspects, known.all())), now);
        if (whole) {
            wholeMillis = now;
        }
        passes = whole ? 0 : passes + 1;
        begunNanos = begun;
        last = taken;
        return taken;
    }

    private boolean isWholeDue(Snapshot known, long nowMillis) {
        return known.number() == 0
                || nowMillis < known.takenMillis()
                || nowMillis - wholeMillis >= WHOLE_AFTER_MILLIS
                || versions <= VERSIONS_EACH * (passes + 1);
    }

    private List<InstanceKey> changedSince(long millis, InstanceList known) {
        return otherVersions(Search.atLeast(Version.NAME, millis), known, _ -> {});
    }

    /// Those that the index has in another version, and those that it does not have.
    private List<InstanceKey> differing(InstanceList known) {
        var there = new HashSet<InstanceKey>();
        var differing = otherVersions(Search.named(Version.NAME), known, there::add);
        known.forEach(key -> {
            if (!there.contains(key)) {
                differing.add(key);
            }
        });
        versions = there.size();
        return differing;
    }

    private List<InstanceKey> otherVersions(Search search, InstanceList known, Consumer<InstanceKey> found) {
        var others = new ArrayList<InstanceKey>();
        applications.search(search.limit(Search.MAX_LIMIT), record -> {
            var key = InstanceKey.of(record.key());
            found.accept(key);
            if (!known.registration(key).hasVersion(record.tag())) {
                others.add(key);
            }
            return true;
        });
        return others;
    }

    /// What was read of these instances and is not as it is known.
    private Map<InstanceKey, Registration> changed(List<InstanceKey> keys, InstanceList known) {
        var changed = new HashMap<InstanceKey, Registration>();
        var read = applications.readAll(keys).iterator();
        for (var key : keys) {
            var registration = read.next();
            if (!registration.equals(known.registration(key))) {
                changed.put(key, registration);
            }
        }
        return changed;
    }
}
