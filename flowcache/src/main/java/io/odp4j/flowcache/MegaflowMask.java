package io.odp4j.flowcache;

import java.util.List;

/** A mask that megaflows have, with what the cache keeps per mask. */
final class MegaflowMask {
    final int id;
    final MaskWords words;
    final List<FieldClass> classes;

    /** The next mask with the same hash of its bits. */
    MegaflowMask next;

    /** Where it stands in the list of all masks; the writer's. */
    int place;

    /** Megaflows that have it; the writer's. */
    int entries;

    /** Lookups that ended here, about: any thread counts, none waits. */
    long hits;

    /** Set before the id may go to another mask. */
    volatile boolean dead;

    MegaflowMask(int id, MaskWords words, List<FieldClass> classes) {
        this.id = id;
        this.words = words;
        this.classes = classes;
    }

    /** The class in a bank, or null if the mask is not to be told by it. */
    FieldClass classIn(FieldClass.Bank bank) {
        for (FieldClass c : classes) {
            if (c.probe().bank == bank && !c.isSaturated()) {
                return c;
            }
        }
        return null;
    }
}
