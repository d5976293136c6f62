package io.legion.operations.test;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.legion.cluster.jgroups.Discovery;
import io.legion.discovery.ClusterChoice;
import io.legion.discovery.NodeConfig;
import io.legion.service.Configuration;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The files for Kubernetes: every field exists in its API and has the right type, what one names another
/// has, and the registry takes the configuration.
class KubernetesFilesTest {
    private static final Path DIRECTORY = Path.of("kubernetes");

    /// Checks a resource, and throws if a field does not exist, is missing, or has another type.
    private interface Schema {
        void check(JsonElement resource) throws IOException;
    }

    private static final Map<String, Schema> SCHEMAS = Map.of(
            "ConfigMap", V1ConfigMap::validateJsonElement,
            "Service", V1Service::validateJsonElement,
            "StatefulSet", V1StatefulSet::validateJsonElement,
            "PodDisruptionBudget", V1PodDisruptionBudget::validateJsonElement,
            "NetworkPolicy", V1NetworkPolicy::validateJsonElement);

    @TempDir
    private Path directory;

    @Test
    void everyFieldIsOneOfTheApi() {
        assertThat(resources())
                .hasSize(6)
                .allSatisfy(resource -> assertThatCode(() -> check(resource))
                        .as(resource.at("/metadata/name").asString())
                        .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @CsvSource({
        "livenessProbe, livenesProbe",
        "requiredDuringSchedulingIgnoredDuringExecution, requiredDuringScheduling",
        "podManagementPolicy, podManagement",
        "serviceName: legion-peers, serviceName: [legion-peers]",
    })
    void aMistakeInAFieldIsNoticed(String right, String wrong) throws IOException {
        var text = Files.readString(DIRECTORY.resolve("statefulset.yaml"));
        assertThat(text).contains(right);
        var file = Files.writeString(directory.resolve("wrong.yaml"), text.replace(right, wrong));
        assertThatThrownBy(() -> check(YamlFile.read(file).getFirst())).isInstanceOf(IllegalArgumentException.class);
    }

    private static void check(JsonNode resource) throws IOException {
        var kind = resource.get("kind").asString();
        requireNonNull(SCHEMAS.get(kind), kind).check(JsonParser.parseString(resource.toString()));
    }

    @Test
    void kustomizeNamesEveryFile() throws IOException {
        var named = YamlFile.read(DIRECTORY.resolve("kustomization.yaml"))
                .getFirst()
                .get("resources")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
        try (var files = Files.list(DIRECTORY)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(named.stream(), Stream.of("kustomization.yaml"))
                            .toList());
        }
    }

    @Test
    void whatSelectsPodsSelectsThoseOfTheSet() {
        var labels = set().at("/spec/template/metadata/labels");
        assertThat(labels).isNotEmpty();
        assertThat(resource("Service", "legion").at("/spec/selector")).isEqualTo(labels);
        assertThat(resource("Service", "legion-peers").at("/spec/selector")).isEqualTo(labels);
        for (var place : List.of(
                set().at("/spec/selector/matchLabels"),
                set().at("/spec/template/spec/affinity/podAntiAffinity/requiredDuringSchedulingIgnoredDuringExecution/0"
                        + "/labelSelector/matchLabels"),
                set().at("/spec/template/spec/topologySpreadConstraints/0/labelSelector/matchLabels"),
                resource("PodDisruptionBudget", "legion").at("/spec/selector/matchLabels"),
                resource("NetworkPolicy", "legion").at("/spec/podSelector/matchLabels"),
                resource("NetworkPolicy", "legion").at("/spec/ingress/1/from/0/podSelector/matchLabels"))) {
            assertThat(place).isEqualTo(labels);
        }
    }

    @Test
    void nodesFindEachOtherBeforeTheyAreReady() {
        var peers = resource("Service", "legion-peers");
        assertThat(set().at("/spec/serviceName").asString()).isEqualTo("legion-peers");
        assertThat(peers.at("/spec/clusterIP").asString()).isEqualTo("None");
        assertThat(peers.at("/spec/publishNotReadyAddresses").asBoolean()).isTrue();
        assertThat(set().at("/spec/podManagementPolicy").asString()).isEqualTo("Parallel");
    }

    @Test
    void everyPortThatIsNamedIsAPortOfTheNode() {
        var ports = new TreeMap<String, Integer>();
        node().get("ports")
                .forEach(port -> ports.put(
                        port.get("name").asString(), port.get("containerPort").asInt()));
        assertThat(ports).isEqualTo(Map.of("http", 8761, "peers", 7760));
        var named = new ArrayList<String>();
        for (var probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            named.add(node().at("/" + probe + "/httpGet/port").asString());
        }
        for (var service : List.of("legion", "legion-peers")) {
            named.add(
                    resource("Service", service).at("/spec/ports/0/targetPort").asString());
        }
        resource("NetworkPolicy", "legion")
                .at("/spec/ingress")
                .forEach(rule -> named.add(rule.at("/ports/0/port").asString()));
        assertThat(named).hasSize(7).allSatisfy(port -> assertThat(ports).containsKey(port));
    }

    @Test
    void everyVolumeThatIsMountedIsThereAndEveryOtherIsUsed() {
        var there = new TreeSet<String>();
        set().at("/spec/template/spec/volumes")
                .forEach(volume -> there.add(volume.get("name").asString()));
        set().at("/spec/volumeClaimTemplates")
                .forEach(claim -> there.add(claim.at("/metadata/name").asString()));
        var mounted = new TreeSet<String>();
        for (var containers : List.of("containers", "initContainers")) {
            set().at("/spec/template/spec/" + containers)
                    .forEach(container -> container
                            .get("volumeMounts")
                            .forEach(mount -> mounted.add(mount.get("name").asString())));
        }
        assertThat(mounted).isEqualTo(there);
    }

    @Test
    void aPodHasTheTimeThatItNeedsToStop() throws IOException, InterruptedException {
        var config = configured("legion-1");
        long needed = node().at("/lifecycle/preStop/sleep/seconds").asLong()
                + config.legion().closeTimeout().toSeconds()
                + config.http().stopTimeout().toSeconds();
        assertThat(set().at("/spec/template/spec/terminationGracePeriodSeconds").asLong())
                .isGreaterThan(needed);
    }

    @Test
    void theConfigurationOfAPodIsOneOfTheRegistry() throws IOException, InterruptedException {
        var config = configured("legion-1");
        assertThat(config.http().port()).isEqualTo(8761);
        assertThat(config.cluster()).isInstanceOfSatisfying(ClusterChoice.JGroups.class, cluster -> {
            assertThat(cluster.listen()).isEqualTo("legion-1:7760");
            assertThat(cluster.discovery())
                    .isInstanceOfSatisfying(
                            Discovery.Dns.class, dns -> assertThat(dns.name()).isEqualTo("legion-peers"));
        });
    }

    @Test
    void theAdminServiceIsInsideThePodWhereTheDocumentForwardsIt() throws IOException, InterruptedException {
        var admin = requireNonNull(configured("legion-1").admin());
        assertThat(InetAddress.getByName(admin.host()).isLoopbackAddress()).isTrue();
        assertThat(Path.of("..", "docs", "kubernetes.md"))
                .content()
                .contains("kubectl port-forward pod/legion-0 9761:" + admin.port());
    }

    @Test
    void onlyTheFirstPodMayFound() throws IOException, InterruptedException {
        assertThat(mayFound("legion-0")).isTrue();
        assertThat(mayFound("legion-1")).isFalse();
        assertThat(mayFound("legion-10")).isFalse();
    }

    private boolean mayFound(String pod) throws IOException, InterruptedException {
        return configured(pod).legion().startup() instanceof io.legion.StartupMode.Automatic automatic
                && automatic.mayFound();
    }

    /// Runs the init container's command for a pod of this name.
    private NodeConfig configured(String pod) throws IOException, InterruptedException {
        var template = resource("ConfigMap", "legion").at("/data/node.yaml").asString();
        var from = Files.createDirectories(directory.resolve("from"));
        var to = Files.createDirectories(directory.resolve("to"));
        Files.writeString(from.resolve("node.yaml"), template);
        var init = set().at("/spec/template/spec/initContainers/0");
        var command = init.get("command").valueStream().map(JsonNode::asString).toList();
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().putAll(Map.of("POD", pod, "FROM", from.toString(), "TO", to.toString()));
        assertThat(builder.start().waitFor()).isZero();
        return Configuration.read(to.resolve("node.yaml"), NodeConfig.class);
    }

    private static List<JsonNode> resources() {
        try (var files = Files.list(DIRECTORY)) {
            return files.filter(file -> !file.endsWith("kustomization.yaml"))
                    .flatMap(file -> YamlFile.read(file).stream())
                    .toList();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static JsonNode resource(String kind, String name) {
        return resources().stream()
                .filter(resource -> resource.get("kind").asString().equals(kind))
                .filter(resource -> resource.at("/metadata/name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode set() {
        return resource("StatefulSet", "legion");
    }

    private static JsonNode node() {
        return set().at("/spec/template/spec/containers/0");
    }
}
