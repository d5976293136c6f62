package io.legion.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ManagedTest {

    private final List<String> story = new ArrayList<>();

    @AfterEach
    void noTestLeavesItsThreadInterrupted() {
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void releasesInTheReverseOrderOfAcquisition() {
        var all = resource("a")
                .flatMap(a -> resource("b").flatMap(b -> resource("c").map(c -> a + b + c)));

        String used = all.use(abc -> {
            story.add("use " + abc);
            return abc;
        });

        assertThat(used).isEqualTo("abc");
        assertThat(story).containsExactly("+a", "+b", "+c", "use abc", "-c", "-b", "-a");
    }

    @Test
    void nothingHappensBeforeItIsUsedAndEachUseAcquiresAnew() {
        var recipe = resource("a");
        assertThat(story).isEmpty();

        recipe.use(a -> a);
        recipe.use(a -> a);

        assertThat(story).containsExactly("+a", "-a", "+a", "-a");
    }

    @Test
    void releasesWhenTheBodyThrowsAndPassesItsOwnException() {
        assertThatThrownBy(() -> resource("a").use(_ -> {
                    throw new IOException("body");
                }))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("body");
        assertThat(story).containsExactly("+a", "-a");
    }

    @Test
    void releasesWhatItHasWhenALaterAcquisitionThrows() {
        Managed<String> failing = Managed.of(
                () -> {
                    throw new IOException("no b");
                },
                _ -> story.add("-b"));

        assertThatThrownBy(() -> resource("a").flatMap(_ -> failing).open())
                .isInstanceOf(ManagedException.class)
                .hasMessage("no b")
                .hasCauseExactlyInstanceOf(IOException.class);
        assertThat(story).containsExactly("+a", "-a");
    }

    @Test
    void releasesWhenAMappingThrows() {
        var failing = resource("a").map(a -> {
            throw new IllegalStateException("no map of " + a);
        });

        assertThatThrownBy(failing::open).hasMessage("no map of a");
        assertThat(story).containsExactly("+a", "-a");
    }

    @Test
    void theFirstExceptionIsThrownAndTheLaterOnesAreSuppressedInTheirOrder() {
        var all = failingToRelease("a").flatMap(_ -> resource("b")).flatMap(_ -> failingToRelease("c"));

        assertThatThrownBy(() -> all.use(_ -> {
                    throw new IllegalStateException("body");
                }))
                .hasMessage("body")
                .satisfies(
                        thrown -> assertThat(messagesSuppressedIn(thrown)).containsExactly("release c", "release a"));
        assertThat(story).containsExactly("+a", "+b", "+c", "-c", "-b", "-a");
    }

    @Test
    void aReleaseThatThrowsFailsTheUseOnlyAfterAllOthersWereReleased() {
        var all = resource("a").flatMap(_ -> failingToRelease("b"));

        assertThatThrownBy(() -> all.use(_ -> "fine")).hasMessage("release b");
        assertThat(story).containsExactly("+a", "+b", "-b", "-a");
    }

    @Test
    void aFailedAcquisitionKeepsWhatTheReleasesThrew() {
        var all = failingToRelease("a")
                .flatMap(_ -> Managed.<String>of(
                        () -> {
                            throw new IllegalStateException("no b");
                        },
                        _ -> {}));

        assertThatThrownBy(all::open)
                .hasMessage("no b")
                .satisfies(thrown -> assertThat(messagesSuppressedIn(thrown)).containsExactly("release a"));
    }

    @Test
    void anErrorOfTheBodyReleasesToo() {
        assertThatThrownBy(() -> resource("a").use(_ -> {
                    throw new AssertionError("bug");
                }))
                .isExactlyInstanceOf(AssertionError.class);
        assertThat(story).containsExactly("+a", "-a");
    }

    @Test
    void anInterruptedThreadStillRunsReleasesThatBlockAndStaysInterrupted() {
        var permits = new Semaphore(1);
        Managed<String> blocking = Managed.of(() -> "a", _ -> {
            permits.acquire(); // throws at once in an interrupted thread
            story.add("-a");
        });

        blocking.use(_ -> {
            Thread.currentThread().interrupt();
            return "";
        });

        assertThat(story).containsExactly("-a");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anAcquisitionThatIsInterruptedReleasesTheRestAndLeavesTheThreadInterrupted() {
        Managed<String> waiting = Managed.of(
                () -> {
                    Thread.currentThread().interrupt();
                    new CountDownLatch(1).await();
                    return "never";
                },
                _ -> {});

        assertThatThrownBy(() -> resource("a").flatMap(_ -> waiting).open())
                .isInstanceOf(ManagedException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        assertThat(story).containsExactly("+a", "-a");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aScopeReleasesWhenItIsClosedAndOnlyOnce() {
        var scope = resource("a").open();
        try (scope) {
            story.add("use " + scope.handle());
        }
        scope.close();
        assertThat(story).containsExactly("+a", "use a", "-a");
    }

    @Test
    void whatIsAutoCloseableNeedsNoReleaseOfItsOwn() {
        Managed<AutoCloseable> closeable = Managed.of(() -> () -> story.add("closed"));

        closeable.use(_ -> story.add("use"));

        assertThat(story).containsExactly("use", "closed");
    }

    @Test
    void aPureHandleIsNotReleased() {
        assertThat(Managed.<Integer>pure(1).map(one -> one + 1).<Integer, RuntimeException>use(two -> two))
                .isEqualTo(2);
    }

    private Managed<String> resource(String name) {
        return Managed.of(
                () -> {
                    story.add("+" + name);
                    return name;
                },
                _ -> story.add("-" + name));
    }

    private Managed<String> failingToRelease(String name) {
        return Managed.of(
                () -> {
                    story.add("+" + name);
                    return name;
                },
                _ -> {
                    story.add("-" + name);
                    throw new IllegalStateException("release " + name);
                });
    }

    private static List<String> messagesSuppressedIn(Throwable thrown) {
        return List.of(thrown.getSuppressed()).stream()
                .map(Throwable::getMessage)
                .toList();
    }
}
