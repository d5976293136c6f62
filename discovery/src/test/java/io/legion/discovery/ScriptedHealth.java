package io.legion.discovery;

import io.legion.admin.Health;
import java.util.List;

/// A node that is as the test says.
public final class ScriptedHealth implements Health {
    private volatile List<String> reasons = List.of();
    private volatile List<Peer> peers = List.of();

    public void because(String... against) {
        reasons = List.of(against);
    }

    public void peers(Peer... all) {
        peers = List.of(all);
    }

    @Override
    public List<Check> checks() {
        return List.of(new Check("scripted", reasons));
    }

    @Override
    public boolean isAlive() {
        return true;
    }

    @Override
    public List<Peer> peers() {
        return peers;
    }
}
