package io.legion.discovery;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the demonstration prints when its nodes run.
///
/// @param plan the nodes
/// @param pids the process id of each
record Tour(DemoPlan plan, List<Long> pids) {
    /// The node to kill in the tour.
    private static final int VICTIM = 2;

    /// Prints it, after a line with the state of the nodes.
    void print(String state, PrintStream out) {
        out.println();
        out.println("The dashboard, for your browser: " + plan.dashboard(1));
        out.println();
        out.println(state);
        out.println();
        for (int node = 1; node <= plan.nodes(); node++) {
            out.println("  Node " + node + ": " + plan.registry(node) + "  peers at " + plan.peers(node) + "  process "
                    + pids.get(node - 1) + "  log " + plan.log(node));
        }
        out.println();
        out.println("Eureka clients: eureka.client.serviceUrl.defaultZone=" + serviceUrls());
        out.println();
        register(out);
        if (plan.nodes() > 1) {
            kill(out);
        }
        out.println("Ctrl-C stops.");
        out.flush();
    }

    private String serviceUrls() {
        return IntStream.rangeClosed(1, plan.nodes())
                .mapToObj(node -> plan.registry(node) + "/eureka/")
                .collect(Collectors.joining(","));
    }

    private void register(PrintStream out) {
        int second = Math.min(VICTIM, plan.nodes());
        out.println("Register an instance" + at(1) + ", ask for it by a version range" + at(second)
                + ", and see it as a Eureka client does" + at(plan.nodes()) + ":");
        out.println();
        out.println("  curl -X PUT " + plan.registry(1) + "/v1/services/orders/instances/a1 \\");
        out.println("    -H 'Content-Type: application/json' \\");
        out.println("    -d '{\"address\":\"127.0.0.1\",\"port\":8080,\"version\":\"1.4.0\",\"leaseSeconds\":300}'");
        out.println("  curl '" + plan.registry(second) + "/v1/services/orders?version=%5E1.2'");
        out.println("  curl -H 'Accept: application/json' " + plan.registry(plan.nodes()) + "/eureka/apps");
        out.println();
    }

    private String at(int node) {
        return plan.nodes() == 1 ? "" : " at node " + node;
    }

    private void kill(PrintStream out) {
        out.println("Kill node " + VICTIM + ": the others go on. Start it again in another terminal: it comes back by"
                + " itself, with what it missed.");
        out.println();
        out.println("  kill -9 " + pids.get(VICTIM - 1));
        out.println("  curl -X POST " + plan.registry(1) + "/v1/services/orders/instances/a1/heartbeat");
        out.println("  " + plan.startCommand(VICTIM));
        out.println("  curl " + plan.registry(VICTIM) + "/v1/services/orders/instances/a1");
        out.println();
    }
}
