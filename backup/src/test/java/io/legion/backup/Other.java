package io.legion.backup;

import io.legion.core.Applied;
import io.legion.core.Event;
import io.legion.core.EventContext;

/// A state that no release of one program has together with [Counter].
record Other(String count) {
    record Change() implements Event<Other, String> {
        @Override
        public Applied<Other, String> apply(Other state, EventContext context) {
            return Applied.of(state, state.count());
        }
    }
}
