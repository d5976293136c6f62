package io.legion.admin.api;

import io.legion.admin.document.ActDocument;
import io.legion.http.ApiRequest;
import io.legion.http.HttpException;
import io.legion.operations.UnreachableException;
import io.legion.service.AddressBlock;
import io.legion.service.Logger;
import io.legion.service.Logger.Priority;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// A line in the log for each order, whatever came of it, and for each request that showed nothing that is
/// right: from where, who, what, whether it was a dry run, and the outcome.
///
/// Lines about strangers are bounded, so that they do not bury the others: then a line tells how many were left
/// out.
///
/// **Threads.** Any.
public final class Audit implements AutoCloseable {
    /// A path of a stranger may be as long as the server allows.
    private static final int LONGEST_PATH = 200;

    /// The refusals that anybody who reaches the port can bring about, at will.
    private static final Set<Integer> OF_STRANGERS = Set.of(401, 403, 421);

    private final Logger logger;
    private final RefusalBudget budget;

    public Audit(Logger logger) {
        this(logger, System::nanoTime);
    }

    Audit(Logger logger, LongSupplier nanoTime) {
        this.logger = logger.named("audit");
        this.budget = new RefusalBudget(nanoTime);
    }

    /// Carries out an order, and writes down why if that fails.
    <T> T around(ApiRequest request, Supplier<T> order) {
        try {
            return order.get();
        } catch (HttpException refused) {
            refused(request, refused.status(), String.valueOf(refused.getMessage()));
            throw refused;
        } catch (IllegalArgumentException wrong) {
            refused(request, 400, String.valueOf(wrong.getMessage()));
            throw wrong;
        } catch (RuntimeException | Error failure) {
            // Also a node that did not answer: it may have obeyed.
            failed(request, failure);
            throw failure;
        }
    }

    /// What came of an order that has one part.
    void did(ApiRequest request, String what) {
        tell(budget.tellLeftOut());
        write(Priority.INFO, who(request) + " ordered: " + what(request) + ": " + what);
    }

    void carriedOut(ApiRequest request, ActDocument outcome) {
        tell(budget.tellLeftOut());
        write(
                Priority.INFO,
                who(request) + (isDryRun(request) ? " asked what would happen: " : " ordered: ") + what(request) + ": "
                        + outcome.what() + " (" + outcome.done().size() + " done, "
                        + outcome.refused().size() + " refused" + unknown(request, outcome) + ")");
    }

    /// Of a part that was sent and not answered nobody knows what came of it.
    private static String unknown(ApiRequest request, ActDocument outcome) {
        long unanswered = outcome.refused().stream()
                .filter(part -> part.reason().equals(ActDocument.UNREACHABLE))
                .count();
        return unanswered == 0 || isDryRun(request)
                ? ""
                : ", of which " + unanswered + " did not answer: if the order reached them, its outcome is unknown";
    }

    /// An order that was refused, by the gate or by what carries it out.
    public void refused(ApiRequest request, int status, String why) {
        if (!OF_STRANGERS.contains(status) || isWithinBounds(request.remote())) {
            write(
                    Priority.WARNING,
                    who(request) + " was refused an order (" + status + (isDryRun(request) ? ", dry run" : "") + "): "
                            + what(request) + ": " + why);
        }
    }

    /// An order that ended in a failure, after it may have begun.
    void failed(ApiRequest request, Throwable failure) {
        write(Priority.WARNING, who(request) + outcome(request, failure) + what(request) + ": " + failure);
    }

    private static String outcome(ApiRequest request, Throwable failure) {
        if (isDryRun(request)) {
            return " asked what would happen, and the node could not tell: ";
        }
        return failure instanceof UnreachableException
                ? " gave an order that was sent and not answered, so its outcome is unknown (./legion status shows what is true"
                        + " now): "
                : " gave an order that failed, and that may be carried out in whole or in part: ";
    }

    /// A request without the right token, password or certificate.
    ///
    /// @param target its path and query as they were sent
    public void unknown(InetAddress remote, String method, String target) {
        if (isWithinBounds(remote)) {
            write(
                    Priority.WARNING,
                    remote.getHostAddress()
                            + " was refused (401), since it shows no token, password or certificate that is right: "
                            + method + " " + shortened(target));
        }
    }

    private boolean isWithinBounds(InetAddress remote) {
        tell(budget.tellLeftOut());
        return budget.takes(AddressBlock.of(remote));
    }

    private void tell(long leftOut) {
        if (leftOut > 0) {
            write(
                    Priority.WARNING,
                    leftOut + " more requests were refused (401, 403 or 421) without a line here: it takes "
                            + RefusalBudget.OF_A_BLOCK + " a minute about one address, and " + RefusalBudget.OF_ALL
                            + " in all");
        }
    }

    /// The log takes each order whatever its threshold, which an order may change.
    private void write(Priority priority, String line) {
        var kept = Arrays.stream(Priority.values())
                .filter(one -> one.compareTo(priority) >= 0 && logger.isEnabled(one))
                .findFirst()
                .orElse(Priority.ERROR);
        logger.log(kept, line, null);
    }

    private static String who(ApiRequest request) {
        return request.remote().getHostAddress() + " (" + request.caller() + ")";
    }

    private static String what(ApiRequest request) {
        return request.method() + " " + shortened("/" + String.join("/", request.segments()));
    }

    private static boolean isDryRun(ApiRequest request) {
        return request.query("dryRun").filter("true"::equals).isPresent();
    }

    private static String shortened(String path) {
        return path.length() <= LONGEST_PATH ? path : path.substring(0, LONGEST_PATH) + "...";
    }

    /// Tells what it has left out so far.
    @Override
    public void close() {
        tell(budget.tellAllLeftOut());
    }
}
