package com.example.bank;

import io.legion.core.PartitionType;
import io.legion.core.Tag;
import java.util.Set;

/// The state of one account.
// region: state
public record Account(long cents) {
    static final PartitionType<Account> TYPE = PartitionType.named("account", new Account(0))
            .events(AccountEvent.class)
            .index(account -> Set.of(Tag.of("cents", account.cents())));
}
// end: state
