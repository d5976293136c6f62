package io.legion.discovery.plain;

import io.legion.discovery.answer.ListReplies;
import io.legion.discovery.json.Json;
import io.legion.discovery.registry.Announcement;
import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.Cancel;
import io.legion.discovery.registry.InstanceKey;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.Renew;
import io.legion.discovery.registry.Status;
import io.legion.discovery.service.Applications;
import io.legion.discovery.service.Capacity;
import io.legion.discovery.service.Snapshots;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.http.Route;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.node.ObjectNode;

/// The routes under `/v1`. `openapi.yaml` beside this class describes them; a test compares the two.
///
/// The case of service names does not matter; they are written in upper case, as in Eureka.
///
/// **Threads.** Any.
public final class ServiceApi {
    private static final int MAX_PAGE = 1000;

    /// The parameter of the watch, which may be repeated.
    private static final String SERVICE = "service";

    private final Applications applications;
    private final Snapshots snapshots;
    private final Watchers watchers;
    private final Capacity capacity;
    private final ListReplies answers;

    /// On these applications; lists come from the snapshots.
    public ServiceApi(
            Applications applications, Snapshots snapshots, Capacity capacity, ListReplies answers, Watchers watchers) {
        this.applications = applications;
        this.snapshots = snapshots;
        this.capacity = capacity;
        this.answers = answers;
        this.watchers = watchers;
    }

    /// The routes.
    public List<Route> routes() {
        return List.of(
                route("GET", "/v1/openapi.yaml", Set.of(), _ -> document()),
                route("GET", "/v1/services", Set.of("prefix", "after", "limit"), this::list),
                route("GET", "/v1/services/{service}", Set.of("version", "status"), this::service),
                route("GET", "/v1/services/{service}/instances/{id}", Set.of(), this::instance),
                route("PUT", "/v1/services/{service}/instances/{id}", Set.of(), this::register),
                route("DELETE", "/v1/services/{service}/instances/{id}", Set.of(), this::deregister),
                route("POST", "/v1/services/{service}/instances/{id}/heartbeat", Set.of(), this::heartbeat),
                route("GET", "/v1/watch", Set.of(SERVICE), this::watch));
    }

    private static Route route(String method, String path, Set<String> parameters, Route.Handler handler) {
        return new Route(method, path, request -> {
            request.queries().forEach((name, values) -> checkParameter(name, values.size(), parameters));
            return handler.handle(request);
        });
    }

    /// A parameter with a slip of the pen would be one that is not there; of two, one would not count.
    private static void checkParameter(String name, int times, Set<String> parameters) {
        if (!parameters.contains(name)) {
            throw HttpException.badRequest("there is no parameter " + name + " here; "
                    + (parameters.isEmpty()
                            ? "none is taken"
                            : "the parameters are " + String.join(", ", new TreeSet<>(parameters))));
        }
        if (times > 1 && !name.equals(SERVICE)) {
            throw HttpException.badRequest("the parameter " + name + " is there " + times + " times; give it once");
        }
    }

    private ApiReply list(ApiRequest request) {
        var prefix = InstanceKey.canonical(request.query("prefix").orElse(""));
        var after = InstanceKey.canonical(request.query("after").orElse(""));
        long limit = request.number("limit", 100, 1, MAX_PAGE);
        var found = snapshots.current().applications().tailMap(after).entrySet().stream()
                .filter(entry -> !entry.getValue().leases().isEmpty())
                .filter(entry ->
                        entry.getKey().startsWith(prefix) && !entry.getKey().equals(after))
                .limit(limit + 1)
                .toList();
        var body = Json.object();
        var services = body.putArray("services");
        found.stream().limit(limit).forEach(entry -> services.add(summary(entry.getKey(), entry.getValue())));
        if (found.size() > limit) {
            body.put("next", found.get((int) limit - 1).getKey());
        }
        return json(200, body);
    }

    private static ObjectNode summary(String name, Application application) {
        var leases = application.leases().values();
        var node = Json.object().put("service", name).put("instances", leases.size());
        node.put(
                "up",
                leases.stream().filter(lease -> lease.status() == Status.UP).count());
        var versions = node.putArray("versions");
        leases.stream()
                .map(ServiceApi::version)
                .filter(version -> !version.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new))
                .forEach(versions::add);
        return node;
    }

    private ApiReply service(ApiRequest request) {
        var name = name(request);
        var range = VersionRange.parse(request.query("version").orElse(""));
        var status = request.query("status").map(ServiceApi::status);
        var application = snapshots.application(name);
        if (application.leases().isEmpty()) {
            throw HttpException.notFound("there is no service " + name);
        }
        return answers.of(
                request.remote(),
                ApiReply.JSON,
                application.memory(),
                out -> write(
                        out,
                        name,
                        application,
                        lease -> range.contains(version(lease))
                                && status.map(wanted -> wanted == lease.status())
                                        .orElse(true)));
    }

    private static String version(Lease lease) {
        return lease.announced().instance().decode().version().orElse("");
    }

    private static void write(OutputStream out, String name, Application application, Predicate<Lease> wanted)
            throws IOException {
        try (var json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringProperty("service", name);
            json.writeArrayPropertyStart("instances");
            application.leases().forEach((id, lease) -> {
                if (wanted.test(lease)) {
                    json.writeTree(PlainInstance.write(name, id, lease));
                }
            });
            json.writeEndArray();
            json.writeEndObject();
        } catch (JacksonIOException failure) {
            throw failure.getCause();
        }
    }

    private ApiReply instance(ApiRequest request) {
        var lease = applications.lease(key(request));
        if (lease == null) {
            throw unknown(request);
        }
        return json(200, PlainInstance.write(name(request), request.variable("id"), lease));
    }

    private ApiReply register(ApiRequest request) {
        requireJson(request);
        var name = name(request);
        var replace = PlainInstance.read(name, request.variable("id"), Json.readObject(request.body()));
        if (replace.announced().isTooLarge()) {
            throw new HttpException(413, Announcement.TOO_LARGE);
        }
        capacity.refusal(replace).ifPresent(why -> {
            throw new HttpException(507, why);
        });
        return switch (applications.register(replace)) {
            case ADDED -> registered(request, 201);
            case REPLACED -> registered(request, 200);
        };
    }

    private ApiReply registered(ApiRequest request, int status) {
        var lease = applications.lease(key(request));
        // Somebody may have removed it since.
        return lease == null
                ? ApiReply.of(status)
                : json(status, PlainInstance.write(name(request), request.variable("id"), lease));
    }

    private static void requireJson(ApiRequest request) {
        var type = request.header("Content-Type").orElse("");
        if (!type.toLowerCase(Locale.ROOT).startsWith(ApiReply.JSON)) {
            throw new HttpException(415, "send application/json, not " + (type.isEmpty() ? "nothing" : type));
        }
    }

    private ApiReply deregister(ApiRequest request) {
        if (!applications.request(key(request), new Cancel())) {
            throw unknown(request);
        }
        return ApiReply.of(204);
    }

    private ApiReply heartbeat(ApiRequest request) {
        if (applications.request(key(request), new Renew(0)) == Renew.Result.UNKNOWN) {
            throw HttpException.notFound("there is no instance " + request.variable("id") + " of " + name(request)
                    + ", or an operator withdrew its status: register it again");
        }
        return ApiReply.of(204);
    }

    private ApiReply watch(ApiRequest request) {
        var services =
                request.queries(SERVICE).stream().map(InstanceKey::canonical).collect(Collectors.toUnmodifiableSet());
        return watchers.watch(services, request.header("Last-Event-ID"), request.remote());
    }

    private static ApiReply document() {
        try (var in = Objects.requireNonNull(
                ServiceApi.class.getResourceAsStream("openapi.yaml"), "openapi.yaml is not in the jar")) {
            return ApiReply.of(200, "application/yaml", in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static HttpException unknown(ApiRequest request) {
        return HttpException.notFound("there is no instance " + request.variable("id") + " of " + name(request));
    }

    private static InstanceKey key(ApiRequest request) {
        return new InstanceKey(request.variable("service"), request.variable("id"));
    }

    private static String name(ApiRequest request) {
        return InstanceKey.canonical(request.variable("service"));
    }

    private static Status status(String name) {
        try {
            return Status.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(
                    "status must be UP, DOWN, STARTING, OUT_OF_SERVICE or UNKNOWN, not " + name, unknown);
        }
    }

    private static ApiReply json(int status, ObjectNode body) {
        return ApiReply.of(status, ApiReply.JSON, body.toString().getBytes(StandardCharsets.UTF_8));
    }
}
