package io.legion.discovery.eureka;

import io.legion.admin.Health;
import io.legion.core.Tag;
import io.legion.discovery.answer.ListReplies;
import io.legion.discovery.answer.Rendering;
import io.legion.discovery.eureka.InstanceWriter.Extent;
import io.legion.discovery.registry.Announcement;
import io.legion.discovery.registry.Cancel;
import io.legion.discovery.registry.InstanceKey;
import io.legion.discovery.registry.Lease;
import io.legion.discovery.registry.OrderStatus;
import io.legion.discovery.registry.PutMetadata;
import io.legion.discovery.registry.Registrations;
import io.legion.discovery.registry.Renew;
import io.legion.discovery.registry.Status;
import io.legion.discovery.registry.WithdrawOrder;
import io.legion.discovery.service.Applications;
import io.legion.discovery.service.Capacity;
import io.legion.discovery.service.Snapshots;
import io.legion.http.ApiReply;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.http.Route;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The routes of the Eureka API, under `/eureka` and the same under `/eureka/v2`.
///
/// What a client does with an unexpected body is unknown, so the answers to heartbeats and cancellations have
/// none, except for the one that tells a caller what it does not know yet (409).
///
/// **Threads.** Any.
public final class EurekaApi {
    /// How many instances of one id are looked at to find one.
    private static final int SAME_ID = 100;

    /// RFC 9110, 12.5.3: a weight of 0 says no.
    private static final Pattern GZIP =
            Pattern.compile("(?i)(^|,)\\s*gzip\\s*(;\\s*q=(1(\\.0*)?|0\\.\\d*[1-9]\\d*)\\s*)?(,|$)");

    private final Applications applications;
    private final Snapshots snapshots;
    private final Capacity capacity;
    private final ListReplies answers;
    private final EurekaStatus status;
    private final AnswerCache cache = new AnswerCache();

    /// On these applications; answers about many of them come from the snapshots.
    public EurekaApi(
            Applications applications, Snapshots snapshots, Capacity capacity, ListReplies answers, Health health) {
        this.applications = applications;
        this.snapshots = snapshots;
        this.capacity = capacity;
        this.answers = answers;
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
        var kind = new AnswerCache.Kind(delta, Format.accepted(request), extent(request), gzip(request));
        var snapshot = snapshots.current();
        var type = kind.format().mediaType();
        var reply = cache.body(snapshot, kind)
                .map(body -> ApiReply.shared(200, type, body))
                .orElseGet(() -> answers.large(request.remote(), type, kind.of(snapshot)));
        return encoded(reply, kind.gzip());
    }

    private ApiReply application(ApiRequest request) {
        var name = name(request);
        var application = snapshots.application(name);
        if (application.leases().isEmpty()) {
            throw HttpException.notFound("there is no application " + name);
        }
        var format = Format.accepted(request);
        var extent = extent(request);
        return listed(
                request,
                format,
                application.memory(),
                out -> format.application(
                        out, new ShownApplication(name, ShownApplication.instances(application, extent))));
    }

    private ApiReply listed(ApiRequest request, Format format, long memory, Rendering body) {
        boolean gzip = gzip(request);
        return encoded(answers.of(request.remote(), format.mediaType(), memory, gzip ? body.gzipped() : body), gzip);
    }

    private static ApiReply encoded(ApiReply reply, boolean gzip) {
        return gzip && reply.status() == 200 ? reply.header("Content-Encoding", "gzip") : reply;
    }

    private static boolean gzip(ApiRequest request) {
        return GZIP.matcher(request.header("Accept-Encoding").orElse("")).find();
    }

    private ApiReply register(ApiRequest request) {
        var register = InstanceReader.read(Format.sent(request).read(request.body()));
        if (register.announced().isTooLarge()) {
            throw tooLarge();
        }
        var said = register.announced().key().application();
        var name = name(request);
        if (!said.equals(name)) {
            throw HttpException.badRequest(
                    "the instance says that it is one of " + said + ", but the path says " + name);
        }
        capacity.refusal(register).ifPresent(EurekaApi::refuse);
        applications.register(register);
        return ApiReply.of(204);
    }

    private static void refuse(String full) {
        throw new HttpException(507, full);
    }

    private ApiReply instance(ApiRequest request) {
        var lease = applications.lease(key(request));
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
        var renew = new Renew(dirtyMillis(request));
        return switch (applications.request(key(request), renew)) {
            case RENEWED -> ApiReply.of(200);
            case UNKNOWN, CHANGED_SINCE -> ApiReply.of(404);
            case OUTDATED_CALLER -> outdated(request);
        };
    }

    /// Another registry learns what it does not know yet; an instance need not.
    private ApiReply outdated(ApiRequest request) {
        boolean replica =
                request.header("x-netflix-discovery-replication").orElse("").equals("true");
        var lease = replica ? applications.lease(key(request)) : null;
        return lease == null ? ApiReply.of(200) : instance(request, 409, lease);
    }

    private ApiReply cancel(ApiRequest request) {
        return known(applications.request(key(request), new Cancel()));
    }

    private ApiReply orderStatus(ApiRequest request) {
        var value = request.query("value")
                .orElseThrow(() -> HttpException.badRequest("the parameter value must name a status"));
        var event = new OrderStatus(status(value), dirtyMillis(request));
        return known(applications.request(key(request), event));
    }

    private ApiReply withdrawOrder(ApiRequest request) {
        var status = request.query("value").map(EurekaApi::status).orElse(Status.UNKNOWN);
        var event = new WithdrawOrder(status, dirtyMillis(request));
        return known(applications.request(key(request), event));
    }

    private ApiReply putMetadata(ApiRequest request) {
        var metadata = new TreeMap<String, String>();
        request.queries().forEach((key, values) -> metadata.put(key, values.getFirst()));
        var event = new PutMetadata(metadata);
        capacity.refusal(event).ifPresent(EurekaApi::refuse);
        return switch (applications.request(key(request), event)) {
            case PUT -> ApiReply.of(200);
            case UNKNOWN -> ApiReply.of(404);
            case TOO_LARGE -> throw tooLarge();
        };
    }

    private static HttpException tooLarge() {
        return new HttpException(413, Announcement.TOO_LARGE);
    }

    private ApiReply anyInstance(ApiRequest request) {
        var id = request.variable("id");
        for (var key : applications.find(Registrations.instance(id), SAME_ID)) {
            var lease = applications.lease(key);
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
                Registrations.vip(vip),
                lease -> lease.announced().vipList().contains(vip));
    }

    private ApiReply bySecureVip(ApiRequest request) {
        var vip = request.variable("vip");
        return found(
                request,
                Registrations.secureVip(vip),
                lease -> lease.announced().secureVipList().contains(vip));
    }

    private ApiReply found(ApiRequest request, Tag tag, Predicate<Lease> condition) {
        var listing = snapshots.having(tag, condition);
        var format = Format.accepted(request);
        var extent = extent(request);
        return listed(
                request,
                format,
                listing.memory(),
                out -> format.applications(out, listing.hashCodeText(), ShownApplication.instances(listing, extent)));
    }

    private static ApiReply known(boolean known) {
        return ApiReply.of(known ? 200 : 404);
    }

    private static HttpException unknown(ApiRequest request) {
        return HttpException.notFound("there is no instance " + request.variable("id") + " of " + name(request));
    }

    private static InstanceKey key(ApiRequest request) {
        return new InstanceKey(request.variable("app"), request.variable("id"));
    }

    private static String name(ApiRequest request) {
        return InstanceKey.canonical(request.variable("app"));
    }

    private static long dirtyMillis(ApiRequest request) {
        var name = "lastDirtyTimestamp";
        return Numbers.positive(name, request.query(name).orElse(""), 0);
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
