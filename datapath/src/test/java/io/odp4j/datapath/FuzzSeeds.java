package io.odp4j.datapath;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Every fuzz test of a module on its seeds, in every build, without the fuzzer: Jazzer's agent
 * would take longer to come up than all of them run. The profile "fuzz" goes on from the same
 * seeds.
 */
public final class FuzzSeeds {
    private final Path classes;

    private FuzzSeeds(Class<?> anchor) {
        classes = locate(anchor);
    }

    private static Path locate(Class<?> anchor) {
        try {
            return Path.of(anchor.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A test for each seed of the fuzz tests that lie where a class lies.
     *
     * @param least how many fuzz tests there are at least
     */
    public static Stream<DynamicTest> of(Class<?> anchor, int least) throws IOException {
        FuzzSeeds seeds = new FuzzSeeds(anchor);
        List<Path> files = files(seeds.classes, "FuzzTest.class");
        assertThat(files).hasSizeGreaterThanOrEqualTo(least);
        return files.stream().flatMap(seeds::seeds);
    }

    private Stream<DynamicTest> seeds(Path classFile) {
        String name = classes.relativize(classFile).toString().replace(".class", "");
        try {
            Class<?> type = Class.forName(name.replace('/', '.'));
            Method target =
                    Arrays.stream(type.getDeclaredMethods())
                            .filter(m -> m.isAnnotationPresent(FuzzTest.class))
                            .findFirst()
                            .orElseThrow();
            List<Path> seeds =
                    files(classes.resolve(name + "Inputs").resolve(target.getName()), "");
            assertThat(seeds).as("seeds of " + name).isNotEmpty();
            return seeds.stream()
                    .map(
                            seed ->
                                    DynamicTest.dynamicTest(
                                            type.getSimpleName() + " " + seed.getFileName(),
                                            () -> run(type, target, Files.readAllBytes(seed))));
        } catch (ReflectiveOperationException | IOException e) {
            throw new AssertionError(name, e);
        }
    }

    private static void run(Class<?> type, Method target, byte[] seed) throws Throwable {
        var constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        target.setAccessible(true);
        try {
            target.invoke(constructor.newInstance(), (Object) seed);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(f -> Files.isRegularFile(f) && f.toString().endsWith(end))
                    .sorted()
                    .toList();
        }
    }
}
