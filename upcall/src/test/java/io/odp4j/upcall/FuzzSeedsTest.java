package io.odp4j.upcall;

import io.odp4j.datapath.FuzzSeeds;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The seeds of this module's fuzz tests. */
class FuzzSeedsTest {
    @TestFactory
    Stream<DynamicTest> shouldStandEverySeed() throws IOException {
        return FuzzSeeds.of(FuzzSeedsTest.class, 2);
    }
}
