package io.legion;

/// What one caller has seen: read your writes and monotonic reads, whichever node serves, also for FAST
/// answers.
///
/// ```java
/// var session = legion.session(cookie);
/// var answer = bank.of("alice").in(session).request(new Deposit(100), FAST);
/// respond(answer, session.token());
/// ```
///
/// Only a node that has every event which the session's earlier answers showed or brought about serves a call
/// through [Partition#in]: within the time allowed, Legion waits for such a node or asks another one. If there
/// is none, the call ends with [RequestException.SessionNotReached], and changes nothing. If such an event is
/// lost, as FAST ones can be, each call on the event's shard ends with [RequestException.SessionLost].
///
/// Without a session, each call sees what was answered DURABLE or FINAL before it began, through any node that
/// is not cut off. A search is not part of a session.
///
/// [Legion#session()] begins one. **Threads.** Any.
public interface Session {
    /// The session as a text of letters, digits, `-` and `_`, for a header or a cookie: some 20 characters, and
    /// 15 for each shard that the session used. It holds no state and no keys. Whoever changes it can only harm
    /// the session: a call waits in vain, or sees older states.
    String token();

    /// From now on this session has seen what the other one has.
    ///
    /// @throws IllegalArgumentException if the other one is of another cluster
    void join(Session other);
}
