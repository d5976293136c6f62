package io.legion.discovery;

import java.io.PrintStream;

/// What the demonstration tells when its nodes run.
///
/// @param basePort node i is at this port plus i
/// @param nodes how many there are
record Tour(int basePort, int nodes) {
    void print(PrintStream out) {
        out.println();
        for (int node = 1; node <= nodes; node++) {
            out.println("Node " + node + " is ready: " + address(node));
        }
        out.println();
        out.println("Eureka clients: eureka.client.serviceUrl.defaultZone=" + address(1) + "/eureka/");
        out.println();
        out.println("Register an instance, ask for it by a version range, and see it as a Eureka client does:");
        out.println();
        out.println("  curl -X PUT " + address(1) + "/v1/services/orders/instances/a1 \\");
        out.println("    -H 'Content-Type: application/json' \\");
        out.println("    -d '{\"address\":\"127.0.0.1\",\"port\":8080,\"version\":\"1.4.0\",\"leaseSeconds\":300}'");
        out.println("  curl '" + address(nodes) + "/v1/services/orders?version=%5E1.2'");
        out.println("  curl -H 'Accept: application/json' " + address(nodes) + "/eureka/apps");
        out.println();
        out.println("Ctrl-C stops.");
        out.flush();
    }

    private String address(int node) {
        return "http://127.0.0.1:" + (basePort + node);
    }
}
