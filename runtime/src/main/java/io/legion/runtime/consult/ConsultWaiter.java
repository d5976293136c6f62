package io.legion.runtime.consult;

import io.legion.core.Bytes;

/// Waits for what another node answers. It must not block, throw, or call back.
public interface ConsultWaiter {
    /// The answer.
    void answered(Bytes answer);

    /// There will be no answer, since nothing was asked.
    ///
    /// @param why what happened and what is true now, as sentences
    void notAsked(String why);

    /// There will be no answer, though the node may have been asked.
    ///
    /// @param why what happened and what is true now, as sentences
    void failed(String why);

    /// The time from which on an answer comes too late.
    long deadlineMillis();
}
