package io.legion.discovery.eureka;

import io.legion.core.Tag;
import io.legion.discovery.eureka.InstanceWriter.Extent;
import io.legion.discovery.http.ApiReply;
import io.legion.discovery.http.ApiRequest;
import io.legion.discovery.http.HttpException;
import io.legion.discovery.http.Route;
import io.legion.discovery.registry.Application;
import io.legion.discovery.registry.Cancel;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.OrderStatus;
import io.legion.discovery.registry.PutMetadata;
import io.legion.discovery.registry.Register;
import io.legion.discovery.registry.Renew;
import io.legion.discovery.registry.Status;
import io.legion.discovery.registry.WithdrawOrder;
import io.legion.discovery.service.Applications;
import io.legion.discovery.service.Health;
import io.legion.discovery.service.RegistryNames;
import io.legion.discovery.service.Snapshot;
import io.legion.discovery.service.Snapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The routes of the Eureka API, under `/eureka` and the same under `/eureka/v2`.
///
/// What a client does with an unexpected body is unknown, so the answers to heartbeats and cancellations have
/// none, except for the one that tells a caller what it does not know yet (409).
///
/// **Threads.** Any.
public final class EurekaApi {
    private final Applications applications;
    private final Snapshots snapshots;
    private final EurekaStatus status;
    private final AnswerCache answers = new AnswerCache();

    /// On these applications; answers about many of them come from the snapshots.
    public EurekaApi(Applications applications, Snapshots snapshots, Health health) {
        this.applications = applications;
        this.snapshots = snapshots;
        this.status = new EurekaStatus(health);
    }

    /// The routes.
    public List<Route> routes() {
        return Stream.of("/eureka", "/eureka/v2").flatMap(this::under).toList();
    }

    private Stream<Route> under(String base) {
        return Stream.of(
                status.under(base),
                new Route("GET", base + "/apps", request -> many(request, false)),
                new Route("GET", base + "/apps/delta", request -> many(request, true)),
                new Route("GET", base + "/apps/{app}", this::application),
                new Route("POST", base + "/apps/{app}", this::register),
                new Route("GET", base + "/apps/{app}/{id}", this::instance),
                new Route("PUT", base + "/apps/{app}/{id}", this::renew),
                new Route("DELETE", base + "/apps/{app}/{id}", this::cancel),
                new Route("PUT", base + "/apps/{app}/{id}/status", this::orderStatus),
                new Route("DELETE", base + "/apps/{app}/{id}/status", this::withdrawOrder),
                new Route("PUT", base + "/apps/{app}/{id}/metadata", this::putMetadata),
                new Route("GET", base + "/instances/{id}", this::anyInstance),
                new Route("GET", base + "/vips/{vip}", this::byVip),
                new Route("GET", base + "/svips/{vip}", this::bySecureVip));
    }

    private ApiReply many(ApiRequest request, boolean delta) {
        var format = Format.accepted(request);
        boolean gzip = request.header("Accept-Encoding").orElse("").contains("gzip");
        var kind = new AnswerCache.Kind(delta, format, extent(request), gzip);
        var reply = ApiReply.of(200, format.mediaType(), answers.body(snapshots.current(), kind));
        return gzip ? reply.header("Content-Encoding", "gzip") : reply;
    }

    private ApiReply application(ApiRequest request) {
        var name = name(request);
        var application = applications.read(name);
        if (application.leases().isEmpty()) {
            throw HttpException.notFound("there is no application " + name);
        }
        var one = List.of(new Snapshot.Named(name, application));
        var node = AnswerCache.all(one, extent(request), _ -> true).findFirst().orElseThrow();
        var format = Format.accepted(request);
        return ApiReply.of(200, format.mediaType(), format.one("application", node));
    }

    private ApiReply register(ApiRequest request) {
        var register = InstanceReader.read(Format.sent(request).read(request.body()));
        var said = register.announced().instance().decode().application();
        var name = name(request);
        if (!said.equals(name)) {
            throw HttpException.badRequest(
                    "the instance says that it is one of " + said + ", but the path says " + name);
        }
        if (applications.request(name, register) == Register.Result.FULL) {
            throw new HttpException(
                    507, name + " has " + Application.MAX_INSTANCES + " instances, and no application can have more");
        }
        return ApiReply.of(204);
    }

    private ApiReply instance(ApiRequest request) {
        var lease = applications.read(name(request)).lease(request.variable("id"));
        if (lease == null) {
            throw unknown(request);
        }
        return instance(request, 200, lease);
    }

    private static ApiReply instance(ApiRequest request, int status, Lease lease) {
        var format = Format.accepted(request);
        var node = InstanceWriter.write(lease, extent(request), InstanceWriter.action(lease));
        return ApiReply.of(status, format.mediaType(), format.one("instance", node));
    }

    private ApiReply renew(ApiRequest request) {
        var renew = new Renew(request.variable("id"), dirtyMillis(request));
        return switch (applications.request(name(request), renew)) {
            case RENEWED -> ApiReply.of(200);
            case UNKNOWN, CHANGED_SINCE -> ApiReply.of(404);
            case OUTDATED_CALLER -> outdated(request);
        };
    }

    /// Another registry learns what it does not know yet; an instance need not.
    private ApiReply outdated(ApiRequest request) {
        boolean replica =
                request.header("x-netflix-discovery-replication").orElse("").equals("true");
        var lease = replica ? applications.read(name(request)).lease(request.variable("id")) : null;
        return lease == null ? ApiReply.of(200) : instance(request, 409, lease);
    }

    private ApiReply cancel(ApiRequest request) {
        return known(applications.request(name(request), new Cancel(request.variable("id"))));
    }

    private ApiReply orderStatus(ApiRequest request) {
        var value = request.query("value")
                .orElseThrow(() -> HttpException.badRequest("the parameter value must name a status"));
        var event = new OrderStatus(request.variable("id"), status(value), dirtyMillis(request));
        return known(applications.request(name(request), event));
    }

    private ApiReply withdrawOrder(ApiRequest request) {
        var status = request.query("value").map(EurekaApi::status).orElse(Status.UNKNOWN);
        var event = new WithdrawOrder(request.variable("id"), status, dirtyMillis(request));
        return known(applications.request(name(request), event));
    }

    private ApiReply putMetadata(ApiRequest request) {
        var metadata = new TreeMap<String, String>();
        request.queries().forEach((key, values) -> metadata.put(key, values.getFirst()));
        return known(applications.request(name(request), new PutMetadata(request.variable("id"), metadata)));
    }

    private ApiReply anyInstance(ApiRequest request) {
        var id = request.variable("id");
        for (var name : applications.find(Application.instance(id))) {
            var lease = applications.read(name).lease(id);
            if (lease != null) {
                return instance(request, 200, lease);
            }
        }
        throw HttpException.notFound("there is no instance " + id);
    }

    private ApiReply byVip(ApiRequest request) {
        var vip = request.variable("vip");
        return found(
                request,
                Application.vip(vip),
                lease -> lease.announced().vipList().contains(vip));
    }

    private ApiReply bySecureVip(ApiRequest request) {
        var vip = request.variable("vip");
        return found(
                request,
                Application.secureVip(vip),
                lease -> lease.announced().secureVipList().contains(vip));
    }

    private ApiReply found(ApiRequest request, Tag tag, Predicate<Lease> condition) {
        var found = new ArrayList<Snapshot.Named>();
        for (var name : applications.find(tag)) {
            found.add(new Snapshot.Named(name, applications.read(name)));
        }
        var leases = found.stream()
                .flatMap(named -> named.state().leases().values().stream())
                .filter(condition)
                .toList();
        var format = Format.accepted(request);
        var nodes = AnswerCache.all(found, extent(request), condition);
        return ApiReply.of(200, format.mediaType(), format.applications("1", Snapshot.hashCodeText(leases), nodes));
    }

    private static ApiReply known(boolean known) {
        return ApiReply.of(known ? 200 : 404);
    }

    private static HttpException unknown(ApiRequest request) {
        return HttpException.notFound("there is no instance " + request.variable("id") + " of " + name(request));
    }

    private static String name(ApiRequest request) {
        return RegistryNames.canonical(request.variable("app"));
    }

    private static long dirtyMillis(ApiRequest request) {
        return request.number("lastDirtyTimestamp", 0, 0, Long.MAX_VALUE);
    }

    private static Extent extent(ApiRequest request) {
        return request.header("X-Eureka-Accept").orElse("").equalsIgnoreCase("compact") ? Extent.COMPACT : Extent.FULL;
    }

    private static Status status(String name) {
        var status = Status.lenient(name);
        if (status == Status.UNKNOWN && !name.equalsIgnoreCase("UNKNOWN")) {
            throw HttpException.badRequest("value must be UP, DOWN, STARTING, OUT_OF_SERVICE or UNKNOWN, not " + name);
        }
        return status;
    }
}
