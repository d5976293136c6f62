package io.legion.cluster.jgroups.link;

import io.legion.core.NodeId;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import org.jgroups.Address;

/// Whether the listener believes that a peer can be reached. The lock of its [Link] guards it; the link's
/// [Inbox] tells the listener.
final class Presence {

    private final LinkContext context;
    private final NodeId node;
    private final Inbox inbox;
    private boolean told;
    private boolean looks;

    Presence(LinkContext context, NodeId node, Inbox inbox) {
        this.context = context;
        this.node = node;
        this.inbox = inbox;
    }

    /// The peer can be reached and belongs to a cluster.
    void here(Address address, UUID cluster, DoubleSupplier outstanding) {
        if (!told) {
            told = true;
            log("The node " + node + " at " + address + " can be reached.");
            inbox.add(() -> context.listener().joined(node, cluster));
            context.listener().member(node, outstanding);
        }
    }

    /// The peer looks for its cluster and may found one, or not.
    void looks(boolean there) {
        if (looks != there) {
            looks = there;
            inbox.add(() -> context.listener().looks(node, there));
        }
    }

    void gone(Address address) {
        if (told) {
            told = false;
            log("The node " + node + " at " + address + " cannot be reached any more.");
            inbox.add(() -> context.listener().left(node));
            context.listener().notMember(node);
        }
    }

    /// While this node has yet to join, nobody needs to read it: it is logged again afterwards.
    private void log(String message) {
        if (context.cluster() == null) {
            context.logger().debug(message);
        } else {
            context.logger().info(message);
        }
    }

    /// The peer is no member until the listener hears of it again, once frames can flow.
    void tellAgain() {
        told = false;
        context.listener().notMember(node);
    }
}
