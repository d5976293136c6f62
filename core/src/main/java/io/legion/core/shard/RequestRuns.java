package io.legion.core.shard;

import io.legion.core.RequestId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The numbers of the requests in history, as runs without gaps: found by client and number, and in the order
/// in which they last grew.
final class RequestRuns {
    private final LongMap<ClientRuns> clients = new LongMap<>();
    private int size;

    private @Nullable RequestRun oldest;

    private @Nullable RequestRun newest;

    /// The first numbers under which the store differs from what is here.
    private final ArrayList<RequestId> changed = new ArrayList<>();

    int size() {
        return size;
    }

    boolean contains(RequestId id) {
        ClientRuns client = clients.get(id.client());
        RequestRun run = client == null ? null : client.at(client.floor(id.number()));
        return run != null && id.number() <= run.last;
    }

    /// The position of the latest request of the run that has not grown for longest; the largest number if
    /// there is no run.
    long oldestPosition() {
        return oldest == null ? Long.MAX_VALUE : oldest.position;
    }

    /// The time of the latest request of the run that has not grown for longest; there must be one.
    long oldestMillis() {
        return Objects.requireNonNull(oldest).millis;
    }

    void forgetOldest() {
        RequestRun run = Objects.requireNonNull(oldest);
        ClientRuns client = Objects.requireNonNull(clients.get(run.client));
        remove(client, client.floor(run.first));
    }

    /// Adds a number that is in no run, whose request folded last of all.
    void add(RequestId id, long position, long millis) {
        ClientRuns client = clients.get(id.client());
        if (client == null) {
            changed(insert(new RequestMemory.Run(id, id.number(), position, millis)));
            return;
        }
        int floor = client.floor(id.number());
        RequestRun before = client.at(floor);
        RequestRun after = client.at(floor + 1);
        boolean followsOne = before != null && before.last + 1 == id.number();
        boolean precedesOne = after != null && after.first - 1 == id.number();
        if (before != null && followsOne) {
            before.last = after != null && precedesOne ? after.last : id.number();
            if (precedesOne) {
                remove(client, floor + 1);
            }
            grown(before, position, millis);
        } else if (after != null && precedesOne) {
            forgetName(after);
            after.first = id.number();
            grown(after, position, millis);
        } else {
            changed(insert(new RequestMemory.Run(id, id.number(), position, millis)));
        }
    }

    /// Adds a run that is stored.
    void restore(RequestMemory.Run run) {
        insert(run);
    }

    /// Adds a run that the store must get.
    void install(RequestMemory.Run run) {
        changed(insert(run));
    }

    private RequestRun insert(RequestMemory.Run value) {
        var run = new RequestRun(
                value.first().client(), value.first().number(), value.last(), value.position(), value.millis());
        ClientRuns client = clients.get(run.client);
        if (client == null) {
            clients.put(run.client, new ClientRuns(run));
        } else {
            client.insert(client.floor(run.first) + 1, run);
        }
        size++;
        link(run);
        return run;
    }

    private void remove(ClientRuns client, int place) {
        RequestRun run = client.runs[place];
        client.remove(place);
        if (client.size == 0) {
            clients.remove(run.client);
        }
        size--;
        unlink(run);
        forgetName(run);
    }

    private void grown(RequestRun run, long position, long millis) {
        run.position = position;
        run.millis = Math.max(run.millis, millis);
        changed(run);
        if (run != newest) {
            unlink(run);
            link(run);
        }
    }

    private void changed(RequestRun run) {
        if (!run.changed) {
            run.changed = true;
            changed.add(new RequestId(run.client, run.first));
        }
    }

    /// Makes the store drop what it has under the name of a run.
    private void forgetName(RequestRun run) {
        changed(run);
        run.changed = false;
    }

    /// Puts a run behind those of smaller positions: at the end, except for stored runs.
    private void link(RequestRun run) {
        RequestRun after = newest;
        while (after != null && after.position > run.position) {
            after = after.older;
        }
        RequestRun before = after == null ? oldest : after.newer;
        run.older = after;
        run.newer = before;
        join(after, run);
        join(run, before);
    }

    private void unlink(RequestRun run) {
        join(run.older, run.newer);
    }

    /// Makes two runs neighbours; null stands for the end.
    private void join(@Nullable RequestRun older, @Nullable RequestRun newer) {
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
    }

    /// All of them, by client and number.
    List<RequestMemory.Run> all() {
        var all = new ArrayList<RequestMemory.Run>(size);
        for (RequestRun run = oldest; run != null; run = run.newer) {
            all.add(run.value());
        }
        all.sort(Comparator.comparing(RequestMemory.Run::first));
        return all;
    }

    /// The runs that changed since the last call, by their first numbers; a null run is gone.
    void drain(RequestMemory.RunVisitor visitor) {
        for (RequestId first : new TreeSet<>(changed)) {
            ClientRuns client = clients.get(first.client());
            RequestRun run = client == null ? null : client.at(client.floor(first.number()));
            if (run != null && run.first == first.number()) {
                run.changed = false;
                visitor.visit(first, run.value());
            } else {
                visitor.visit(first, null);
            }
        }
        changed.clear();
    }
}
