package com.example.reservations.check;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// The command `check`. It exits with 1 if there was a false answer.
final class CheckMain {
    private static final int SHOWN = 20;
    private static final int ALL_CALLERS = 12;
    private static final Map<String, String> DEFAULTS =
            Map.of("rounds", "10", "mode", "all", "route", "preferred", "seed", "0");

    private CheckMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var plan = plan(args);
        var directory = Files.createTempDirectory("reservations-");
        System.out.println("seed " + plan.seed() + "; the nodes' logs and stores are in " + directory);
        var falseAnswers = Check.run(plan, directory, System.out).falseAnswers();
        falseAnswers.stream().limit(SHOWN).forEach(System.out::println);
        System.exit(falseAnswers.isEmpty() ? 0 : 1);
    }

    private static Check.Plan plan(String[] args) {
        try {
            var options = options(args);
            var modes = modes(options.get("mode"));
            long seed = Long.parseLong(options.get("seed"));
            return new Check.Plan(
                    Release.present(),
                    Collections.nCopies(Integer.parseInt(options.get("rounds")), List.of(Fault.values())),
                    modes,
                    ALL_CALLERS / modes.size(),
                    route(options.get("route")),
                    seed == 0 ? new SplittableRandom().nextLong(1, 1_000_000) : seed);
        } catch (IllegalArgumentException wrong) {
            System.err.println("check: " + wrong.getMessage() + "\n" + "check [--rounds N] [--mode all|"
                    + String.join(
                            "|", Arrays.stream(Mode.values()).map(Mode::text).toList())
                    + "] [--route preferred|nearest] [--seed N]");
            System.exit(2);
            throw wrong;
        }
    }

    private static String route(String name) {
        if (!Set.of("preferred", "nearest").contains(name)) {
            throw new IllegalArgumentException("there is no route " + name);
        }
        return name;
    }

    private static Map<String, String> options(String[] args) {
        var options = new TreeMap<>(DEFAULTS);
        for (int i = 0; i < args.length; i += 2) {
            var name = args[i].replaceFirst("^--", "");
            if (!DEFAULTS.containsKey(name) || i + 1 == args.length) {
                throw new IllegalArgumentException("it has no option " + args[i] + ", or that lacks its value");
            }
            options.put(name, args[i + 1]);
        }
        return options;
    }

    private static Set<Mode> modes(String name) {
        var modes = EnumSet.allOf(Mode.class);
        if (!name.equals("all")) {
            modes.removeIf(mode -> !mode.text().equals(name));
        }
        if (modes.isEmpty()) {
            throw new IllegalArgumentException("there is no mode " + name);
        }
        return modes;
    }
}
