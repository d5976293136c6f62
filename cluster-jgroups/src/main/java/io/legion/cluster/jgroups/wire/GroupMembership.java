package io.legion.cluster.jgroups.wire;

import java.util.Collection;
import java.util.IllegalFormatException;
import org.jgroups.Address;
import org.jgroups.View;
import org.jgroups.conf.ClassConfigurator;
import org.jgroups.protocols.pbcast.GMS;
import org.jgroups.protocols.pbcast.JoinRsp;
import org.jgroups.util.Digest;

/// JGroups' membership, in every language. When all members have a view, JGroups says in its log how long that took,
/// which fails where the default language has digits of its own (`Util.format`), and what had called it ends halfway.
final class GroupMembership extends GMS {
    GroupMembership() {
        setId(ClassConfigurator.getProtocolId(GMS.class));
    }

    @Override
    public void castViewChangeAndSendJoinRsps(
            View view, Digest digest, Collection<Address> expected, Collection<Address> joiners, JoinRsp response) {
        try {
            super.castViewChangeAndSendJoinRsps(view, digest, expected, joiners, response);
        } catch (IllegalFormatException unsaid) {
            log.debug("%s: has cast the view; JGroups cannot say in this language how long that took", local_addr);
        }
    }
}
