package io.odp4j.flowcache;

import io.odp4j.datapath.flow.FlowField;
import io.odp4j.datapath.flow.FlowMask;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A bound on the distinct masks of megaflows, for the datapath's sake: it tries mask after mask,
 * and who chooses the packets can choose the masks (tuple-space explosion, CVE-2019-25076).
 *
 * <p>Up to seven eighths of the budget a mask is taken as it is. Beyond, a new one is replaced by
 * the known mask that has all of its bits and the fewest more; if there is none, by one in which
 * every address, port, tag and label that it looks at is exact, as long as the budget lasts. What
 * is replaced has more significant bits, never fewer: the megaflow holds for fewer packets, all of
 * them decided alike. Two megaflows made of one decision in this way may overlap; their actions are
 * the same.
 */
public final class MaskBudget {
    /** One in so many masks is kept for those of whole fields. */
    private static final int RESERVE = 8;

    /** The fields that policies look at by parts, and so in many ways. */
    private static final Set<FlowField> SHAPED =
            EnumSet.of(
                    FlowField.DL_SRC,
                    FlowField.DL_DST,
                    FlowField.VLAN_TCI,
                    FlowField.NW_SRC,
                    FlowField.NW_DST,
                    FlowField.IPV6_SRC,
                    FlowField.IPV6_DST,
                    FlowField.TP_SRC,
                    FlowField.TP_DST,
                    FlowField.ND_TARGET,
                    FlowField.TUN_ID,
                    FlowField.TUN_SRC,
                    FlowField.TUN_DST,
                    FlowField.TUN_IPV6_SRC,
                    FlowField.TUN_IPV6_DST,
                    FlowField.CT_MARK,
                    FlowField.CT_LABEL);

    private final MegaflowCache cache;
    private final int masks;
    private final FlowMask candidate = new FlowMask();

    /** What became of a mask. */
    public enum Fit {
        /** It is known, or new and within the budget. */
        AS_IT_IS,
        /** It got more significant bits. */
        NARROWED,
        /** Nothing within the budget has its bits: no megaflow can be made. */
        REFUSED
    }

    /**
     * A budget for a cache's masks.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public MaskBudget(MegaflowCache cache, int masks) {
        if (masks < 1) {
            throw new IllegalArgumentException(masks + " masks");
        }
        this.cache = cache;
        this.masks = masks;
    }

    /**
     * Makes a mask fit, before the megaflow that is to have it is inserted.
     *
     * @param mask gets the bits of the one to be used
     * @param possible whether the datapath can have just that mask for the packet in question
     */
    public Fit fit(FlowMask mask, Predicate<FlowMask> possible) {
        if (cache.maskCount() < masks - masks / RESERVE || cache.hasMask(mask)) {
            return Fit.AS_IT_IS;
        }
        if (cache.findMaskWith(mask, possible, candidate)) {
            System.arraycopy(candidate.words(), 0, mask.words(), 0, mask.words().length);
            return Fit.NARROWED;
        }
        if (cache.maskCount() >= masks) {
            return Fit.REFUSED;
        }
        System.arraycopy(mask.words(), 0, candidate.words(), 0, mask.words().length);
        widenToFields(candidate);
        if (!possible.test(candidate)) {
            // The datapath sees parts of a field only: what is left of the budget is for it.
            return Fit.AS_IT_IS;
        }
        boolean same = candidate.isWithin(mask);
        System.arraycopy(candidate.words(), 0, mask.words(), 0, mask.words().length);
        return same ? Fit.AS_IT_IS : Fit.NARROWED;
    }

    private static void widenToFields(FlowMask mask) {
        for (FlowField field : SHAPED) {
            boolean looked = false;
            for (int w = 0; w < field.words(); w++) {
                looked |= (mask.words()[field.word() + w] & field.wordMask()) != 0;
            }
            if (looked) {
                mask.exact(field);
            }
        }
    }
}
