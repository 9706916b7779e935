package io.odp4j.upcall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Imports run one way only. */
@AnalyzeClasses(packages = "io.odp4j", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
    @ArchTest
    static final ArchRule modules =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("datapath")
                    .definedBy("io.odp4j.datapath..")
                    .layer("flowcache")
                    .definedBy("io.odp4j.flowcache..")
                    .layer("upcall")
                    .definedBy("io.odp4j.upcall..")
                    .whereLayer("upcall")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("flowcache")
                    .mayOnlyBeAccessedByLayers("upcall");

    @ArchTest
    static final ArchRule flowcacheSeesTheFlowModelAlone =
            noClasses()
                    .that()
                    .resideInAPackage("io.odp4j.flowcache..")
                    .should()
                    .dependOnClassesThat(
                            com.tngtech.archunit.base.DescribedPredicate.describe(
                                    "odp4j outside datapath's flow",
                                    c ->
                                            c.getPackageName().startsWith("io.odp4j.")
                                                    && !c.getPackageName()
                                                            .startsWith("io.odp4j.flowcache")
                                                    && !c.getPackageName()
                                                            .startsWith("io.odp4j.datapath.flow")));

    @ArchTest
    static final ArchRule netlinkKnowsNoFamily =
            noClasses()
                    .that()
                    .resideInAPackage("io.odp4j.datapath.netlink..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.odp4j.datapath.ovs..",
                            "io.odp4j.datapath.flow..",
                            "io.odp4j.datapath.packet..",
                            "io.odp4j.datapath.embedded..");

    @ArchTest
    static final ArchRule theFlowModelKnowsNoMessages =
            noClasses()
                    .that()
                    .resideInAPackage("io.odp4j.datapath.flow..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.odp4j.datapath.ovs..", "io.odp4j.datapath.embedded..");

    @ArchTest
    static final ArchRule onlyTheCommandExits =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.odp4j.upcall.cli..")
                    .should()
                    .callMethod(System.class, "exit", int.class);
}
